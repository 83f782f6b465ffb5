"""Adjustments: credits that one of us adds or takes away by hand, never without a name and a reason."""

from django.db import transaction

from billing.credits import grants
from billing.credits.postings import SOONEST_EXPIRY_FIRST, lock_account, moves_of
from billing.models import Account, Entry, Pool, Source

BY_HAND = Entry.Kind.BY_HAND


def adjust_balance(account: Account, amount: int, *, ref: str, reason: str, actor: str) -> int:
    """Add credits, or take away as many as there are; what was moved, 0 for a known `ref`."""
    if not (ref and reason and actor):
        raise ValueError("an adjustment has a reference, a reason and somebody who made it")
    if amount > 0:
        made = grants.grant_credits(
            account, amount, Source.ADJUST, f"adjust:{ref}", reason=reason, actor=actor
        )
        return amount if made else 0
    return -take_away(account, -amount, ref=ref, reason=reason, actor=actor)


def take_away(account: Account, amount: int, *, ref: str, reason: str, actor: str) -> int:
    with transaction.atomic():
        locked = lock_account(account.pk)
        moves = moves_of(locked)
        if locked.entries.filter(kind=BY_HAND, ref=ref).exists():
            return 0
        said = {"kind": BY_HAND, "ref": ref, "reason": reason, "actor": actor}
        left = amount
        found = locked.buckets.filter(available__gt=0)
        for bucket in found.order_by(*SOONEST_EXPIRY_FIRST):
            part = min(left, bucket.available)
            moves.move(bucket.pk, Pool.AVAILABLE, Pool.REVOKED, part, **said)
            left -= part
        moves.write()
    return amount - left
