"""Holds: credits set aside when an attempt starts, captured when it is delivered, else released.

Every function is a transaction of its own or joins the caller's, may be called any number of
times, and is right when several callers race: exactly one of them moves the credits.
"""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from billing.credits import account_merge, caps, free_spending, sql
from billing.credits.free_spending import FreeDay
from billing.credits.postings import Moves, lock_account, moves_of
from billing.errors import (
    AttemptSettledError,
    NothingToGiveBackError,
    OutOfCreditsError,
    TooLateToGiveBackError,
    TooManyGivenBackError,
)
from billing.limits import read_limits
from billing.models import Account, ApiKey, Bucket, Hold, Pool
from foundation.one_by_one import try_each

log = logging.getLogger(__name__)

GIVE_BACK_REASONS = {
    "edges": _("The edges are wrong"),
    "missing": _("A part is missing"),
    "product": _("My product was changed"),
    "colour": _("The colours are off"),
    "blurry": _("It is blurry or has artefacts"),
    "other": _("Something else"),
}


def hold_credits(
    account: Account,
    amount: int,
    attempt: str,
    *,
    lease: timedelta,
    note: dict[str, Any] | None = None,
    key: ApiKey | None = None,
    user: User | None = None,
    free: FreeDay | None = None,
) -> Hold:
    """Set credits aside for an attempt until the lease ends, today's free ones among them.

    Asked again for the same attempt while its credits are held, answers with the same hold. A
    price of 0 writes nothing and returns a hold that is not in the database. `note` says what it
    is for on the account page. A retried attempt brings a new name.

    Raises OutOfCreditsError, FreeIsUsedUpError and CapReachedError, and AttemptSettledError when
    the attempt has been paid for or given up before; then nothing has changed.
    """
    if amount < 0:
        raise ValueError("a price is not negative")
    now = timezone.now()
    row = Hold(
        account=account,
        attempt=attempt,
        key=key,
        user=user or (key.user if key else None),
        amount=amount,
        note=note or {},
        lease_until=now + lease,
    )
    if amount == 0:
        return row
    with transaction.atomic():
        # Who comes second with the same attempt waits here for the first.
        pk = sql.insert_hold(row, now)
        if pk is None:
            return repeated(account, amount, attempt)
        row.pk, row.created = pk, now
        if free is not None:
            free_spending.grant_to_hold(row, free, now)
        take(row, now)
    return row


def repeated(account: Account, amount: int, attempt: str) -> Hold:
    found = Hold.objects.get(attempt=attempt)
    same = found.account_id == account.pk and found.amount == amount
    if not same or found.state != Hold.State.HELD:
        raise AttemptSettledError(attempt)
    return found


def take(row: Hold, now: datetime) -> None:
    account, amount = row.account, row.amount
    # Asks, takes and locks at once: nobody can spend between the question and the answer.
    if sql.changed(sql.TAKE, amount, amount, account.pk, amount) != 1:
        is_visitor = account.kind == Account.Kind.VISITOR
        raise OutOfCreditsError(count_spendable(account, now), amount, is_visitor=is_visitor)
    caps.check_caps(row, now)
    written = {Pool.AVAILABLE: -amount, Pool.HELD: amount}
    moves = Moves(account.pk, debt=0, hold_id=row.pk, written=written)
    left = amount
    for bucket_id, available in sql.rows(sql.SPENDABLE_BUCKETS, account.pk, sql.moment(now)):
        part = min(left, available)
        moves.move(bucket_id, Pool.AVAILABLE, Pool.HELD, part)
        left -= part
        if left == 0:
            break
    if left:
        raise OutOfCreditsError(amount - left, amount)
    moves.write()


def list_live_buckets(account: Account, now: datetime) -> QuerySet[Bucket]:
    unexpired = Q(expires=None) | Q(expires__gt=now)
    return Bucket.objects.filter(unexpired, account_id=account.pk, available__gt=0)


def count_spendable(account: Account, now: datetime | None = None) -> int:
    """The credits that a hold could take: those that have expired but are not swept don't count."""
    return free_spending.sum_available(list_live_buckets(account, now or timezone.now()))


def extend_hold(attempt: str, lease: timedelta) -> bool:
    """Hold the credits for so much longer from now, never for less than before; False when they
    are no longer held.
    """
    held = Hold.objects.filter(attempt=attempt, state=Hold.State.HELD)
    until = Greatest(F("lease_until"), Value(timezone.now() + lease, DateTimeField()))
    return held.update(lease_until=until) == 1


def extend_holds(attempts: Collection[str], lease: timedelta) -> int:
    """The same for many, as far as half the lease is over; how many that were."""
    until = timezone.now() + lease
    held = Hold.objects.filter(attempt__in=attempts, state=Hold.State.HELD)
    return held.filter(lease_until__lt=until - lease / 2).update(lease_until=until)


def capture_hold(attempt: str, amount: int | None = None) -> bool:
    """Charge for what was delivered, all or a part; what is left goes back.

    True for the one caller that charged. False when there is nothing to charge: a free attempt,
    one settled before, or one whose hold has lapsed; that one is delivered, not charged, and
    logged. An amount above what was held is an IntegrityError.
    """
    if amount == 0:
        return release_hold(attempt, "nothing-delivered")
    if finish(attempt, Hold.State.CAPTURED, charge=amount):
        return True
    lapsed = Hold.objects.filter(attempt=attempt, state=Hold.State.LAPSED, late=False)
    if lapsed.update(late=True) == 1:
        log.warning("attempt %s was delivered after its hold had lapsed; not charged", attempt)
    return False


def release_hold(attempt: str, reason: str) -> bool:
    """Give up the attempt and put its credits back; True for the one caller that did."""
    return finish(attempt, Hold.State.RELEASED, charge=0, reason=reason)


def finish(
    attempt: str,
    state: Hold.State,
    *,
    charge: int | None,
    reason: str = "",
    now: datetime | None = None,
) -> bool:
    """Settle an open hold, charging all of it (None) or so much. Of all who come, one does."""
    now = now or timezone.now()
    at = sql.moment(now)
    # A lapse asks again: the lease may have been extended since it was found.
    whenever = state != Hold.State.LAPSED
    with transaction.atomic():
        settled = sql.rows(sql.SETTLE_HOLD, state, charge, reason, at, attempt, at, whenever)
        if not settled:
            return False
        hold_id, account_id, held, captured = settled[0]
        # Read before the account is locked: nobody else moves a hold that is ours to settle.
        parts = sql.rows(sql.PARTS, at, hold_id, Pool.HELD)
        ((debt, merged_into),) = sql.rows(sql.LET_GO, held, account_id)
        moves = Moves(account_id, debt=debt, hold_id=hold_id, written={Pool.HELD: -held})
        free = free_spending.find_use(hold_id) if captured < held else None
        left = captured
        for bucket_id, amount, dead in parts:
            charged = min(left, amount)
            left -= charged
            moves.move(bucket_id, Pool.HELD, Pool.CONSUMED, charged)
            if free is not None and free.bucket_id == bucket_id:
                free_spending.return_unspent(free, moves, amount - charged, dead=dead)
            else:
                moves.put_back(bucket_id, Pool.HELD, amount - charged, dead=dead)
        moves.write()
        if merged_into is not None:
            account_merge.forward_on_commit(account_id)
    return True


def give_back(attempt: str, reason: str) -> int:
    """Return what a bad result cost, once; how many credits became available again.

    0 when they were given back before, or have expired meanwhile. Raises NothingToGiveBackError,
    TooLateToGiveBackError, and TooManyGivenBackError with the limit that was reached.
    """
    if reason not in GIVE_BACK_REASONS:
        raise ValueError(f"{reason} is not one of {', '.join(GIVE_BACK_REASONS)}")
    now = timezone.now()
    hours = read_limits().give_back_hours
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
        account = lock_account(row.account_id)
        check_give_backs(row, now)
        moves = moves_of(account, hold_id=row.pk)
        back = sum(
            moves.put_back(bucket_id, Pool.CONSUMED, amount, dead=dead)
            for bucket_id, amount, dead in sql.rows(
                sql.PARTS, sql.moment(now), row.pk, Pool.CONSUMED
            )
        )
        moves.write()
        if account.merged_into_id is not None:
            account_merge.forward_on_commit(account.pk)
    return back


def check_give_backs(row: Hold, now: datetime) -> None:
    """Under the account's lock; `row` itself is counted already."""
    bounds = read_limits()
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


def given_back(attempts: Iterable[str]) -> set[str]:
    """Those of the attempts whose credits went back."""
    found = Hold.objects.filter(attempt__in=list(attempts), given_back__isnull=False)
    return set(found.values_list("attempt", flat=True))


@dataclass(frozen=True)
class Swept:
    """What a sweep put right: holds that lapsed, credits that expired, accounts forwarded."""

    lapsed: int
    expired: int
    forwarded: int


def sweep_holds(now: datetime | None = None) -> Swept:
    """Release holds whose lease has ended, and expire what is past its date."""
    now = now or timezone.now()
    open_holds = Hold.objects.filter(state=Hold.State.HELD, lease_until__lt=now)

    def lapse(attempt: str) -> bool:
        return finish(attempt, Hold.State.LAPSED, charge=0, reason="lapsed", now=now)

    lapsed = try_each(lapse, list(open_holds.values_list("attempt", flat=True)))
    dead = Bucket.objects.filter(available__gt=0, expires__lte=now)
    accounts = list(dead.values_list("account_id", flat=True).distinct())
    expired = try_each(lambda pk: expire(pk, now), accounts)
    return Swept(sum(lapsed), sum(expired), account_merge.forward_all())


def expire(account_id: int, now: datetime) -> int:
    with transaction.atomic():
        account = lock_account(account_id)
        moves, total = moves_of(account), 0
        for bucket in account.buckets.filter(available__gt=0, expires__lte=now):
            moves.move(bucket.pk, Pool.AVAILABLE, Pool.EXPIRED, bucket.available)
            total += bucket.available
        moves.write()
    return total
