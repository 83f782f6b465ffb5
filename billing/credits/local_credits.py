"""Credits that the local till gave for no money, found and taken away once money is real."""

from django.db import transaction
from django.db.models import Sum

from billing.credits.postings import lock_account, moves_of
from billing.models import Bucket, Entry, Pool, Purchase
from foundation.one_by_one import try_each

REASON = "bought at the local test till"


def list_local_buckets() -> list[Bucket]:
    """What is left of what was bought there."""
    bought = Purchase.objects.filter(till="local", bucket__available__gt=0)
    return [purchase.bucket for purchase in bought.select_related("bucket").order_by("pk")]


def count_local_credits() -> int:
    bought = Purchase.objects.filter(till="local")
    return int(bought.aggregate(total=Sum("bucket__available"))["total"] or 0)


def sweep_local_credits() -> int:
    """Take away what is left of it, and nothing that was spent; how many credits."""
    return sum(try_each(take_away, list_local_buckets()))


def take_away(bucket: Bucket) -> int:
    with transaction.atomic():
        moves = moves_of(lock_account(bucket.account_id))
        bucket.refresh_from_db()
        amount, kind = bucket.available, Entry.Kind.BY_HAND
        moves.move(bucket.pk, Pool.AVAILABLE, Pool.REVOKED, amount, kind=kind, reason=REASON)
        moves.write()
    return amount
