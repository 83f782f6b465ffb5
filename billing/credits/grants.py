"""Grants: credits that come in, and those that are taken back."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from billing.credits.postings import SOONEST_EXPIRY_FIRST, lock_account, moves_of
from billing.models import Account, Bucket, Pool, Source


def grant_credits(
    account: Account,
    amount: int,
    source: Source,
    ref: str,
    *,
    expires: datetime | None = None,
    priority: int = 50,
    reason: str = "",
    actor: str = "",
) -> Bucket | None:
    """Add credits, a debt being paid with them first.

    None when something was granted under this reference before; then nothing has changed.
    """
    with transaction.atomic():
        locked = lock_account(account.pk)
        if locked.merged_into_id is not None and account.merged_into_id is None:
            # Merged since the caller looked: what is granted follows.
            locked = lock_account(locked.merged_into_id)
        try:
            with transaction.atomic():
                bucket = Bucket.objects.create(
                    account=locked,
                    source=source,
                    source_ref=ref,
                    expires=expires,
                    priority=priority,
                    granted=amount,
                    available=amount,
                )
        except IntegrityError:
            if not Bucket.objects.filter(source_ref=ref).exists():
                raise
            return None
        moves = moves_of(locked)
        moves.credit(bucket.pk, Pool.OUTSIDE, amount, reason=reason, actor=actor)
        moves.write()
    return bucket


def take_back(bucket: Bucket, amount: int, *, reason: str, actor: str = "") -> int:
    """Take back what a bucket granted; how much of it the account now owes.

    What is no longer in the bucket is taken from the account's others, soonest expiry first, and
    becomes a debt beyond that. Credits that are held stay held: they pay when they come back.
    """
    with transaction.atomic():
        account = lock_account(bucket.account_id)
        moves = moves_of(account)
        bucket.refresh_from_db()
        taken = min(bucket.available, amount)
        moves.move(bucket.pk, Pool.AVAILABLE, Pool.REVOKED, taken, reason=reason, actor=actor)
        owed = amount - taken
        moves.move(bucket.pk, Pool.DEBT, Pool.OUTSIDE, owed, reason=reason, actor=actor)
        others = account.buckets.exclude(pk=bucket.pk).filter(available__gt=0)
        for other in others.order_by(*SOONEST_EXPIRY_FIRST):
            part = min(moves.debt, other.available)
            moves.move(other.pk, Pool.AVAILABLE, Pool.DEBT, part, reason=reason, actor=actor)
        moves.write()
    return moves.debt


def restore_credits(bucket: Bucket, amount: int, ref: str, *, reason: str) -> None:
    """Undo what `take_back` took: what is still owed is forgiven, the rest is granted again, for as
    long as it could still have been spent when it was taken.
    """
    with transaction.atomic():
        account = lock_account(bucket.account_id)
        moves = moves_of(account)
        forgiven = min(moves.debt, amount)
        moves.move(bucket.pk, Pool.OUTSIDE, Pool.DEBT, forgiven, reason=reason)
        moves.write()
        if amount > forgiven:
            source, expires = Source(bucket.source), renew_expiry(bucket, timezone.now())
            grant_credits(account, amount - forgiven, source, ref, expires=expires, reason=reason)


def renew_expiry(bucket: Bucket, now: datetime) -> datetime | None:
    """When what was taken of a bucket and comes back now expires."""
    taken = Q(dst=Pool.REVOKED) | Q(src=Pool.DEBT)
    first = bucket.entries.filter(taken).order_by("pk").first()
    if bucket.expires is None or first is None:
        return bucket.expires
    return max(bucket.expires, now + max(bucket.expires - first.at, timedelta()))
