"""Today's free credits, granted where they are spent: to a hold, and only as many as it takes.

What of them is not spent in the end goes back to everybody who shares them. Shares are locked after
the account, always in the same order: address, network, everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import F, Q, QuerySet, Sum

from billing.credits import sql
from billing.credits.postings import Moves, lock_account, moves_of
from billing.errors import FreeIsUsedUpError, OutOfCreditsError
from billing.models import Account, Allowance, Bucket, Entry, FreeUse, Hold, Pool, Source

EVERYBODY = "everybody"
# Before anything else that ends at midnight.
PRIORITY = 10
UNSPENT = "free, and not spent"


@dataclass(frozen=True, kw_only=True)
class Share:
    """A number of free credits that several spend from; `kind` is what they have in common."""

    kind: str
    scope: str
    limit: int


@dataclass(frozen=True, kw_only=True)
class FreeDay:
    """What somebody may have free on a day: so many of their own, as far as the shares go."""

    day: date
    each: int
    # In the order in which they are locked; the last one is everybody's.
    shares: tuple[Share, ...]
    # Whoever is signed in: what they spend free is theirs, whichever account pays the rest.
    user: int | None = None

    @property
    def midnight(self) -> datetime:
        return datetime.combine(self.day + timedelta(days=1), time(), UTC)

    def scope(self, *kinds: str) -> str:
        return next((share.scope for share in self.shares if share.kind in kinds), "")


def grant_to_hold(row: Hold, free: FreeDay, now: datetime) -> None:
    """Grant what the hold, which is written already, needs of today's free credits.

    Raises FreeIsUsedUpError when others have spent what would be needed, and OutOfCreditsError
    when the account has spent it itself.
    """
    account = lock_account(row.account_id)
    if account.debt or now >= free.midnight:
        return
    alive = account.buckets.filter(Q(expires=None) | Q(expires__gt=now), available__gt=0)
    sooner = Q(expires__lt=free.midnight) | Q(expires=free.midnight, priority__lte=PRIORITY)
    # A team spends what it has; what is free is its members', for when it has none.
    before = alive if account.kind == Account.Kind.TEAM else alive.filter(sooner)
    wanted = row.amount - sum_available(before)
    if wanted <= 0:
        return
    # Whoever has signed in since the request began spends their own day.
    owner = lock_account(account.merged_into_id) if account.merged_into_id else account
    given = [sql.lock_allowance(free.day, share.scope, share.limit) for share in free.shares]
    # Behind everybody's lock: of two accounts that one person spends from, neither is quicker.
    own = max(0, free.each - count_spent(owner, free))
    rooms = [max(0, share.limit - one) for share, one in zip(free.shares, given, strict=True)]
    granted = min(wanted, own, *rooms)
    spendable = sum_available(alive)
    if spendable + granted < row.amount:
        raise shortage(row, free, rooms, spendable=spendable, own=own)
    if granted:
        write_grant(row, free, account, granted)


def shortage(
    row: Hold, free: FreeDay, rooms: Sequence[int], *, spendable: int, own: int
) -> FreeIsUsedUpError | OutOfCreditsError:
    """Who has spent what is missing: the account itself, or those it shares with."""
    is_visitor = row.account.kind == Account.Kind.VISITOR
    left = min(own, *rooms)
    if spendable + own < row.amount:
        return OutOfCreditsError(spendable + left, row.amount, is_visitor=is_visitor)
    narrowest = free.shares[rooms.index(min(rooms))]
    return FreeIsUsedUpError(
        narrowest.kind, free.day, available=spendable + left, needed=row.amount
    )


def write_grant(row: Hold, free: FreeDay, account: Account, amount: int) -> None:
    bucket = Bucket.objects.create(
        account=account,
        source=Source.FREE,
        source_ref=f"free:{row.attempt}",
        expires=free.midnight,
        priority=PRIORITY,
        granted=amount,
        available=amount,
    )
    if account.merged and row.account.merged is None:
        # The request began before the merge: what is left of it is to follow.
        Bucket.objects.filter(pk=bucket.pk).update(created=account.merged)
    moves = moves_of(account)
    moves.credit(bucket.pk, Pool.OUTSIDE, amount)
    moves.write()
    FreeUse.objects.create(
        hold_id=row.pk,
        bucket=bucket,
        day=free.day,
        amount=amount,
        address=free.scope("address"),
        network=free.scope("network", "members"),
    )
    for share in free.shares:
        allowance = Allowance.objects.filter(day=free.day, scope=share.scope)
        allowance.update(given=F("given") + amount)


def find_use(hold_id: int) -> FreeUse | None:
    return FreeUse.objects.filter(hold_id=hold_id).first()


def return_unspent(use: FreeUse, moves: Moves, amount: int, *, dead: bool) -> None:
    """What of a free grant was held and not charged is nobody's again; under the account's lock."""
    if not amount:
        return
    if dead:
        moves.move(use.bucket_id, Pool.HELD, Pool.EXPIRED, amount)
    else:
        moves.move(use.bucket_id, Pool.HELD, Pool.AVAILABLE, amount)
        unspent = Entry.Kind.UNSPENT
        moves.move(
            use.bucket_id, Pool.AVAILABLE, Pool.REVOKED, amount, kind=unspent, reason=UNSPENT
        )
    FreeUse.objects.filter(pk=use.pk).update(amount=F("amount") - amount)
    for scope in filter(None, (use.address, use.network, EVERYBODY)):
        Allowance.objects.filter(day=use.day, scope=scope).update(given=F("given") - amount)


def count_room(account: Account, free: FreeDay) -> int:
    """How many free credits the account would be granted now, if nobody is quicker."""
    if account.debt:
        return 0
    scopes = [share.scope for share in free.shares]
    rows = Allowance.objects.filter(day=free.day, scope__in=scopes)
    given = dict(rows.values_list("scope", "given"))
    rooms = (share.limit - given.get(share.scope, 0) for share in free.shares)
    return max(0, min(free.each - count_spent(account, free), *rooms))


def count_spent(account: Account, free: FreeDay) -> int:
    """What the account, or whoever is signed in, has spent free on the day, with what they had
    before signing in and in their teams.
    """
    theirs = Q(hold__account=account.pk) | Q(hold__account__merged_into=account.pk)
    if free.user is not None:
        own = Q(hold__account__user=free.user) | Q(hold__account__merged_into__user=free.user)
        theirs = own | Q(hold__user=free.user)
    spent = FreeUse.objects.filter(theirs, day=free.day).aggregate(total=Sum("amount"))
    return int(spent["total"] or 0)


def sum_available(buckets: QuerySet[Bucket]) -> int:
    return int(buckets.aggregate(total=Sum("available"))["total"] or 0)
