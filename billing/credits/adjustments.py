"""Adjustments: credits that one of us adds or takes away by hand, never without a name and a reason."""

from django.db import transaction

from billing.credits import grants
from billing.credits.postings import SOONEST_EXPIRY_FIRST, lock_account, moves_of
from billing.models import Account, Pool, Source


def adjust_balance(account: Account, amount: int, *, ref: str, reason: str, actor: str) -> int:
    """Add credits, or take away as many as there are; what was moved, 0 for a known `ref`."""
    if not (ref and reason and actor):
        raise ValueError("an adjustment has a reference, a reason and somebody who made it")
    if amount > 0:
        made = grants.grant_credits(
            account, amount, Source.ADJUST, f"adjust:{ref}", reason=reason, actor=actor
        )
        return amount if made else 0
    return -take_away(account, -amount, reason=f"{reason} ({ref})", actor=actor)


def take_away(account: Account, amount: int, *, reason: str, actor: str) -> int:
    with transaction.atomic():
        locked = lock_account(account.pk)
        moves = moves_of(locked)
        if locked.entries.filter(reason=reason, actor=actor).exists():
            return 0
        left = amount
        found = locked.buckets.filter(available__gt=0)
        for bucket in found.order_by(*SOONEST_EXPIRY_FIRST):
            part = min(left, bucket.available)
            moves.move(bucket.pk, Pool.AVAILABLE, Pool.REVOKED, part, reason=reason, actor=actor)
            left -= part
        moves.write()
    return amount - left
