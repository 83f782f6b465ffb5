"""Credits for attempts: held when one starts, captured when it is delivered, else released.

Every function is a transaction of its own or joins the caller's, may be called any number of
times, and is right when several callers race: exactly one of them moves the credits.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, QuerySet, Sum, When
from django.utils import timezone

from billing import merging
from billing.errors import (
    AttemptSettledError,
    CapReachedError,
    NothingToGiveBackError,
    OutOfCreditsError,
    TooLateToGiveBackError,
    TooManyGivenBackError,
)
from billing.limits import limits
from billing.models import Account, ApiKey, Bucket, Hold, Pool
from billing.moves import SOONEST_EXPIRY_FIRST, Moves, lock

log = logging.getLogger(__name__)

GIVE_BACK_REASONS = {
    "edges": "The edges are wrong",
    "missing": "A part is missing",
    "product": "My product was changed",
    "colour": "The colours are off",
    "blurry": "It is blurry or has artefacts",
    "other": "Something else",
}


def hold(
    account: Account,
    amount: int,
    attempt: str,
    *,
    lease: timedelta,
    note: dict[str, Any] | None = None,
    key: ApiKey | None = None,
) -> Hold:
    """Set credits aside for an attempt until the lease ends.

    Asked again for the same attempt while its credits are held, answers with the same hold. A
    price of 0 writes nothing and returns a hold that is not in the database. `note` says what it
    is for on the account page. A retried attempt brings a new name.

    Raises OutOfCreditsError and CapReachedError, and AttemptSettledError when the attempt has
    been paid for or given up before; then nothing has changed.
    """
    if amount < 0:
        raise ValueError("a price is not negative")
    now = timezone.now()
    row = Hold(
        account=account,
        attempt=attempt,
        key=key,
        amount=amount,
        note=note or {},
        lease_until=now + lease,
    )
    if amount == 0:
        return row
    with transaction.atomic():
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            return repeated(account, amount, attempt)
        take(row, now)
    return row


def repeated(account: Account, amount: int, attempt: str) -> Hold:
    found = Hold.objects.get(attempt=attempt)
    same = found.account_id == account.pk and found.amount == amount
    if not same or found.state != Hold.State.HELD:
        raise AttemptSettledError(attempt)
    return found


def take(row: Hold, now: datetime) -> None:
    account = row.account
    enough = Account.objects.filter(pk=account.pk, available__gte=row.amount)
    # Asks, takes and locks at once: nobody can spend between the question and the answer.
    took = enough.update(
        available=F("available") - row.amount,
        held=F("held") + row.amount,
        version=F("version") + 1,
    )
    if took != 1:
        raise OutOfCreditsError(spendable(account, now), row.amount)
    check_caps(row, now)
    moves = Moves(account, written={Pool.AVAILABLE: -row.amount, Pool.HELD: row.amount})
    left = row.amount
    for bucket in alive(account, now).order_by(*SOONEST_EXPIRY_FIRST):
        part = min(left, bucket.available)
        moves.move(bucket, Pool.AVAILABLE, Pool.HELD, part, hold=row)
        left -= part
        if left == 0:
            break
    if left:
        raise OutOfCreditsError(row.amount - left, row.amount)
    moves.write()


def alive(account: Account, now: datetime) -> QuerySet[Bucket]:
    unexpired = Q(expires=None) | Q(expires__gt=now)
    return Bucket.objects.filter(unexpired, account_id=account.pk, available__gt=0)


def spendable(account: Account, now: datetime | None = None) -> int:
    """The credits that a hold could take: those that have expired but are not swept don't count."""
    total = alive(account, now or timezone.now()).aggregate(total=Sum("available"))["total"]
    return int(total or 0)


def check_caps(row: Hold, now: datetime) -> None:
    """Under the account's lock, so that two attempts cannot both fit under the cap."""
    for cap, holds in (
        (row.account.monthly_cap, Hold.objects.filter(account_id=row.account_id)),
        (row.key.monthly_cap if row.key else None, Hold.objects.filter(key_id=row.key_id)),
    ):
        if cap is None:
            continue
        before = spent_this_month(holds.exclude(pk=row.pk), now)
        if before + row.amount > cap:
            raise CapReachedError(cap, before, row.amount)


def spent_this_month(holds: QuerySet[Hold], now: datetime) -> int:
    """What was charged and not given back, and what is still held, since the first of the month."""
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    counted = Case(When(state="held", then=F("amount")), default=F("captured") - F("returned"))
    return int(holds.filter(created__gte=first).aggregate(total=Sum(counted))["total"] or 0)


def extend(attempt: str, lease: timedelta) -> bool:
    """Hold the credits for so much longer from now; False when they are no longer held."""
    held = Hold.objects.filter(attempt=attempt, state=Hold.State.HELD)
    return held.update(lease_until=timezone.now() + lease) == 1


def capture(attempt: str, amount: int | None = None) -> bool:
    """Charge for what was delivered, all or a part; what is left goes back.

    True for the one caller that charged. False when there is nothing to charge: a free attempt,
    one settled before, or one whose hold has lapsed; that one is delivered, not charged, and
    logged. An amount above what was held is an IntegrityError.
    """
    if amount == 0:
        return release(attempt, "nothing-delivered")
    charged = F("amount") if amount is None else amount
    if finish(Hold.objects.filter(attempt=attempt), Hold.State.CAPTURED, captured=charged):
        return True
    lapsed = Hold.objects.filter(attempt=attempt, state=Hold.State.LAPSED, late=False)
    if lapsed.update(late=True) == 1:
        log.warning("attempt %s was delivered after its hold had lapsed; not charged", attempt)
    return False


def release(attempt: str, reason: str) -> bool:
    """Give up the attempt and put its credits back; True for the one caller that did."""
    return finish(Hold.objects.filter(attempt=attempt), Hold.State.RELEASED, reason=reason)


def finish(
    which: QuerySet[Hold],
    state: Hold.State,
    *,
    captured: F | int = 0,
    reason: str = "",
    now: datetime | None = None,
) -> bool:
    now = now or timezone.now()
    still_open = which.filter(state=Hold.State.HELD)
    if state == Hold.State.LAPSED:
        # Its lease may have been extended since it was found.
        still_open = still_open.filter(lease_until__lt=now)
    with transaction.atomic():
        # Of all who come to close the hold, one does.
        if still_open.update(state=state, captured=captured, reason=reason, settled=now) != 1:
            return False
        row = which.get()
        Account.objects.filter(pk=row.account_id).update(
            held=F("held") - row.amount, version=F("version") + 1
        )
        held = row.entries.filter(dst=Pool.HELD).select_related("bucket", "account")
        parts = list(held.order_by("id"))
        moves = Moves(parts[0].account, written={Pool.HELD: -row.amount})
        charge = row.captured
        for part in parts:
            charged = min(charge, part.amount)
            charge -= charged
            moves.move(part.bucket, Pool.HELD, Pool.CONSUMED, charged, hold=row)
            moves.put_back(part.bucket, Pool.HELD, part.amount - charged, now, row)
        moves.write()
        merging.forward_on_commit(moves.account)
    return True


def give_back(attempt: str, reason: str) -> int:
    """Return what a bad result cost, once; how many credits became available again.

    0 when they were given back before, or have expired meanwhile. Raises NothingToGiveBackError,
    TooLateToGiveBackError, and TooManyGivenBackError with the limit that was reached.
    """
    if reason not in GIVE_BACK_REASONS:
        raise ValueError(f"{reason} is not one of {', '.join(GIVE_BACK_REASONS)}")
    now = timezone.now()
    hours = limits().give_back_hours
    with transaction.atomic():
        charged = Hold.objects.filter(attempt=attempt, state=Hold.State.CAPTURED)
        fresh = charged.filter(given_back=None, settled__gt=now - timedelta(hours=hours))
        if fresh.update(given_back=now, returned=F("captured"), reason=reason) != 1:
            found = charged.first()
            if found is None:
                raise NothingToGiveBackError(attempt)
            if found.given_back is None:
                raise TooLateToGiveBackError(hours)
            return 0
        row = charged.get()
        moves = Moves(lock(row.account_id))
        check_give_backs(row, now)
        back = sum(
            moves.put_back(part.bucket, Pool.CONSUMED, part.amount, now, row)
            for part in row.entries.filter(dst=Pool.CONSUMED).select_related("bucket")
        )
        moves.write()
        merging.forward_on_commit(moves.account)
    return back


def check_give_backs(row: Hold, now: datetime) -> None:
    """Under the account's lock; `row` itself is counted already."""
    bounds = limits()
    of_account = Hold.objects.filter(account_id=row.account_id)
    given_back = of_account.filter(given_back__gt=now - timedelta(days=30)).count()
    if of_account.filter(given_back__gt=now - timedelta(days=1)).count() > bounds.give_backs_a_day:
        raise TooManyGivenBackError("day")
    charged = of_account.filter(state="captured", settled__gt=now - timedelta(days=30)).count()
    if (
        given_back > bounds.give_backs_unquestioned
        and given_back * 100 > charged * bounds.give_back_share
    ):
        raise TooManyGivenBackError("share")


def is_given_back(attempt: str) -> bool:
    """Whether the attempt's credits went back: its full size is no longer to be had."""
    return Hold.objects.filter(attempt=attempt, given_back__isnull=False).exists()


@dataclass(frozen=True)
class Swept:
    """What a sweep put right: holds that lapsed, credits that expired, accounts forwarded."""

    lapsed: int
    expired: int
    forwarded: int


def sweep(now: datetime | None = None) -> Swept:
    """Release holds whose lease has ended, and expire what is past its date."""
    now = now or timezone.now()
    open_holds = Hold.objects.filter(state=Hold.State.HELD, lease_until__lt=now)
    lapsed = sum(
        finish(Hold.objects.filter(pk=pk), Hold.State.LAPSED, reason="lapsed", now=now)
        for pk in list(open_holds.values_list("pk", flat=True))
    )
    dead = Bucket.objects.filter(available__gt=0, expires__lte=now)
    accounts = list(dead.values_list("account_id", flat=True).distinct())
    return Swept(lapsed, sum(expire(pk, now) for pk in accounts), merging.forward_all())


def expire(account_id: int, now: datetime) -> int:
    with transaction.atomic():
        moves = Moves(lock(account_id))
        total = 0
        for bucket in moves.account.buckets.filter(available__gt=0, expires__lte=now):
            moves.move(bucket, Pool.AVAILABLE, Pool.EXPIRED, bucket.available)
            total += bucket.available
        moves.write()
    return total
