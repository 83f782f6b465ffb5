"""Moves of credits between pools, written together.

The order of locks is the same everywhere: hold, account, buckets. An account is locked by writing
its row, which PostgreSQL and SQLite both honour; `select_for_update` is nothing on SQLite.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db.models import F
from django.db.models.expressions import CombinedExpression

from billing.models import Account, Bucket, Entry, Hold, Pool

SOONEST_EXPIRY_FIRST = (F("expires").asc(nulls_last=True), "priority", "id")
KEPT_BY_ACCOUNT = {Pool.AVAILABLE, Pool.HELD}


def lock(account_id: int) -> Account:
    """Nobody else moves this account's credits until the transaction ends."""
    Account.objects.filter(pk=account_id).update(version=F("version") + 1)
    return Account.objects.get(pk=account_id)


class Moves:
    """What will happen to one locked account, until `write` makes it so.

    `written` is what the statement that locked the account's row has changed in it already.
    """

    def __init__(self, account: Account, written: Mapping[Pool, int] | None = None) -> None:
        self.account = account
        self.debt = account.debt
        self.entries: list[Entry] = []
        self.of_account: Counter[str] = Counter()
        self.of_account.subtract(written or {})
        self.of_buckets: defaultdict[int, Counter[str]] = defaultdict(Counter)

    def move(
        self,
        bucket: Bucket,
        src: Pool,
        dst: Pool,
        amount: int,
        *,
        hold: Hold | None = None,
        reason: str = "",
        actor: str = "",
    ) -> None:
        if amount == 0:
            return
        self.entries.append(
            Entry(
                account=self.account,
                bucket=bucket,
                hold=hold,
                src=src,
                dst=dst,
                amount=amount,
                reason=reason,
                actor=actor,
            )
        )
        self.count(bucket, src, -amount)
        self.count(bucket, dst, amount)
        if src == Pool.OUTSIDE and dst == Pool.AVAILABLE:
            # A bucket is born full: its row holds what it was granted already.
            self.of_buckets[bucket.pk][Pool.AVAILABLE] -= amount
        if src == Pool.AVAILABLE and dst == Pool.DEBT:
            self.of_buckets[bucket.pk][Pool.REVOKED] += amount

    def count(self, bucket: Bucket, pool: Pool, amount: int) -> None:
        if pool == Pool.DEBT:
            self.of_account[Pool.DEBT] -= amount
            self.debt -= amount
        elif pool != Pool.OUTSIDE:
            self.of_buckets[bucket.pk][pool] += amount
            if pool in KEPT_BY_ACCOUNT:
                self.of_account[pool] += amount

    def credit(
        self,
        bucket: Bucket,
        src: Pool,
        amount: int,
        *,
        hold: Hold | None = None,
        reason: str = "",
        actor: str = "",
    ) -> None:
        """Make the amount available. A debt is paid with it first."""
        self.move(bucket, src, Pool.AVAILABLE, amount, hold=hold, reason=reason, actor=actor)
        self.move(bucket, Pool.AVAILABLE, Pool.DEBT, min(amount, self.debt), reason=reason)

    def put_back(self, bucket: Bucket, src: Pool, amount: int, now: datetime, hold: Hold) -> int:
        """To the bucket it came from, or to expired; what became available is returned."""
        if bucket.expires is not None and bucket.expires <= now:
            self.move(bucket, src, Pool.EXPIRED, amount, hold=hold)
            return 0
        self.credit(bucket, src, amount, hold=hold)
        return amount

    def write(self) -> None:
        for pk, changes in sorted(self.of_buckets.items()):
            if raise_by := raised(changes):
                Bucket.objects.filter(pk=pk).update(**raise_by)
        if raise_by := raised(self.of_account):
            Account.objects.filter(pk=self.account.pk).update(**raise_by)
        Entry.objects.bulk_create(self.entries)


def raised(changes: Counter[str]) -> dict[str, CombinedExpression]:
    return {str(pool): F(pool) + amount for pool, amount in changes.items() if amount}
