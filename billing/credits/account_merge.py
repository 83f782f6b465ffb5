"""Account merge: a visitor who signs in brings along what is left of their credits, once.

What is held stays where it is until it is settled, and what of it is released follows. A visitor's
account is always locked before the user's it goes into.
"""

from functools import partial

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from billing.credits.postings import lock_account, moves_of
from billing.models import Account, Bucket, Entry, Pool
from foundation.one_by_one import try_each

MOVED = Entry.Kind.MOVED


def merge_accounts(visitors: Account, users: Account) -> int:
    """Move what is left, the first time; how many credits were moved."""
    with transaction.atomic():
        alone = Account.objects.filter(
            pk=visitors.pk, kind=Account.Kind.VISITOR, merged_into__isnull=True
        )
        now = timezone.now()
        if alone.update(merged_into=users, merged=now, version=F("version") + 1) != 1:
            return 0
        return drain(Account.objects.get(pk=visitors.pk))


def forward(account_id: int) -> int:
    """Send after its owner what came back to a merged account; how many credits."""
    with transaction.atomic():
        return drain(lock_account(account_id))


def forward_on_commit(account_id: int) -> None:
    transaction.on_commit(partial(forward, account_id))


def forward_all() -> int:
    """Forward whatever a lost process left behind; how many accounts."""
    stranded = Account.objects.filter(
        movable(), merged_into__isnull=False, buckets__created__lte=F("merged")
    )
    found = list(stranded.values_list("pk", flat=True).distinct())
    return sum(many > 0 for many in try_each(forward, found))


def movable() -> Q:
    unexpired = Q(buckets__expires=None) | Q(buckets__expires__gt=timezone.now())
    return unexpired & Q(buckets__available__gt=0)


def drain(source: Account) -> int:
    if source.merged_into_id is None or source.merged is None:
        return 0
    now = timezone.now()
    target = lock_account(source.merged_into_id)
    out, into = moves_of(source), moves_of(target)
    total = 0
    # What the browser's next visitor is granted after the merge is not the user's.
    for bucket in source.buckets.filter(available__gt=0, created__lte=source.merged):
        if bucket.expires is not None and bucket.expires <= now:
            continue
        amount = bucket.available
        where = f"moved to account {target.pk}"
        out.move(bucket.pk, Pool.AVAILABLE, Pool.REVOKED, amount, kind=MOVED, reason=where)
        moved = Bucket.objects.create(
            account=target,
            source=bucket.source,
            source_ref=f"moved:{bucket.pk}:{source.version}",
            priority=bucket.priority,
            expires=bucket.expires,
            granted=amount,
            available=amount,
        )
        whence = f"moved from account {source.pk}"
        into.credit(moved.pk, Pool.OUTSIDE, amount, kind=MOVED, reason=whence)
        total += amount
    out.write()
    into.write()
    return total
