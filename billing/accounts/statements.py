"""Account statement: balance and movements, as the owner sees them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from billing import prices
from billing.accounts import roles
from billing.accounts.roles import Right
from billing.credits import account_merge, free_spending
from billing.credits.free_spending import FreeDay
from billing.credits.postings import SOONEST_EXPIRY_FIRST
from billing.limits import read_limits
from billing.models import Account, Bucket, Entry, Hold, Pool
from billing.models.ledger import MOVES

PAGE = 50
# Credits set aside and put back again: of no interest once they are back.
INNER = {(Pool.AVAILABLE, Pool.HELD), (Pool.HELD, Pool.AVAILABLE)}
# What a move does to what one has, counting what is held and less what is owed; others take away.
SIGNS = {
    (Pool.OUTSIDE, Pool.AVAILABLE): 1,
    (Pool.CONSUMED, Pool.AVAILABLE): 1,
    (Pool.OUTSIDE, Pool.DEBT): 1,
    # From one's pocket into one's debt.
    (Pool.AVAILABLE, Pool.DEBT): 0,
    (Pool.CONSUMED, Pool.EXPIRED): 0,
}


@dataclass(frozen=True)
class Balance:
    available: int
    # Of what is available, what is not granted yet: it is when it is spent.
    free_today: int
    held: int
    debt: int
    buckets: list[Bucket]


def read_balance(account: Account, free: FreeDay | None = None) -> Balance:
    """What can be spent, in the order in which it will be; expired credits no longer count."""
    alive = Q(expires=None) | Q(expires__gt=timezone.now())
    buckets = account.buckets.filter(alive, available__gt=0)
    found = list(buckets.order_by(*SOONEST_EXPIRY_FIRST))
    room = free_spending.count_room(account, free) if free else 0
    available = sum(bucket.available for bucket in found) + room
    return Balance(available, room, account.held, account.debt, found)


@dataclass(frozen=True)
class Movement:
    """One line of the account's history, with what it was for."""

    pk: int
    at: datetime
    what: str
    amount: int
    source: str
    attempt: str
    note: dict[str, Any]
    reason: str
    returnable: bool

    @property
    def tool(self) -> str:
        return prices.tool_name(self.note["tool"]) if self.note.get("tool") else ""


def entries(account: Account, reader: User | None = None) -> QuerySet[Entry]:
    """What the reader may see: of a team, who looks after its money all, another what is theirs."""
    inner = Q.create([Q(src=src.value, dst=dst.value) for src, dst in INNER], connector=Q.OR)
    # What was spent before signing in is theirs too; the move of the rest is nothing to them.
    behind = Q(account__merged_into=account, bucket__created__lte=F("account__merged"))
    theirs = Entry.objects.filter(Q(account=account) | behind)
    if reader is not None and not roles.may(reader, account, Right.MONEY):
        theirs = theirs.filter(hold__user=reader)
    shown = theirs.exclude(inner).exclude(kind=account_merge.MOVED)
    return shown.select_related("bucket", "hold__account").order_by("-pk")


def list_movements(
    account: Account, reader: User | None = None, *, before: int = 0, most: int = PAGE
) -> list[Movement]:
    """The newest first; the parts of one charge as one line. `before` is the last one seen."""
    page = entries(account, reader)
    page = page.filter(pk__lt=before) if before else page
    lines: list[Movement] = []
    for entry in page[: most * 2]:
        line = as_movement(entry, reader)
        last = lines[-1] if lines else None
        if last and line.attempt and (last.attempt, last.what) == (line.attempt, line.what):
            lines[-1] = as_movement(entry, reader, more=last.amount)
        elif len(lines) == most:
            break
        else:
            lines.append(line)
    return lines


def list_all_entries(account: Account, reader: User | None = None) -> Iterator[Movement]:
    """Every entry that the reader may see, for the export."""
    found = entries(account, reader).iterator(chunk_size=1000)
    return (as_movement(entry, reader) for entry in found)


def as_movement(entry: Entry, reader: User | None, more: int = 0) -> Movement:
    hold = entry.hold
    return Movement(
        pk=entry.pk,
        at=entry.at,
        what=str(MOVES[Pool(entry.src), Pool(entry.dst)]),
        amount=entry.amount * SIGNS.get((Pool(entry.src), Pool(entry.dst)), -1) + more,
        source=entry.bucket.get_source_display(),
        attempt=hold.attempt if hold else "",
        note=hold.note if hold else {},
        reason=entry.reason,
        returnable=bool(
            hold and entry.dst == Pool.CONSUMED and may_go_back(hold) and is_asked_by(hold, reader)
        ),
    )


def is_asked_by(hold: Hold, reader: User | None) -> bool:
    """Whether it is for the reader to ask its credits back: of a team, only who asked for it."""
    return hold.account.team_id is None or (reader is not None and hold.user_id == reader.pk)


def may_go_back(hold: Hold) -> bool:
    """Whether its credits can still be asked back."""
    since = timezone.now() - timedelta(hours=read_limits().give_back_hours)
    return hold.given_back is None and hold.settled is not None and hold.settled > since
