"""Ledger postings: moves of credits between pools, written together.

The order of locks is the same everywhere: hold, account, buckets. An account is locked by writing
its row, which PostgreSQL and SQLite both honour; `select_for_update` is nothing on SQLite.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

from django.db.models import F
from django.utils import timezone

from billing.credits import sql
from billing.models import Account, Entry, Pool

SOONEST_EXPIRY_FIRST = (F("expires").asc(nulls_last=True), "priority", "id")
OF_BUCKET = (Pool.AVAILABLE, Pool.HELD, Pool.CONSUMED, Pool.EXPIRED, Pool.REVOKED)
OF_ACCOUNT = (Pool.AVAILABLE, Pool.HELD, Pool.DEBT)


def lock_account(account_id: int) -> Account:
    """Nobody else moves this account's credits until the transaction ends."""
    Account.objects.filter(pk=account_id).update(version=F("version") + 1)
    return Account.objects.get(pk=account_id)


class Moves:
    """What will happen to one locked account, until `write` makes it so.

    `written` is what the statement that locked the account's row has changed in it already.
    """

    def __init__(
        self,
        account_id: int,
        *,
        debt: int,
        hold_id: int | None = None,
        written: Mapping[Pool, int] | None = None,
    ) -> None:
        self.account_id = account_id
        self.debt = debt
        self.hold_id = hold_id
        self.entries: list[Entry] = []
        self.of_account: Counter[Pool] = Counter()
        self.of_account.subtract(written or {})
        self.of_buckets: defaultdict[int, Counter[Pool]] = defaultdict(Counter)

    def move(
        self,
        bucket_id: int,
        src: Pool,
        dst: Pool,
        amount: int,
        **said: str,
    ) -> None:
        """`said`: the entry's kind, ref, reason and actor, as far as there are any."""
        if amount == 0:
            return
        # A debt may be paid more than once for one hold; every other move happens once.
        hold_id = None if dst == Pool.DEBT else self.hold_id
        self.entries.append(
            Entry(
                account_id=self.account_id,
                bucket_id=bucket_id,
                hold_id=hold_id,
                src=src,
                dst=dst,
                amount=amount,
                **said,
            )
        )
        self.count(bucket_id, src, -amount)
        self.count(bucket_id, dst, amount)
        if (src, dst) == (Pool.OUTSIDE, Pool.AVAILABLE):
            # A bucket is born full: its row holds what it was granted already.
            self.of_buckets[bucket_id][Pool.AVAILABLE] -= amount
        if (src, dst) == (Pool.AVAILABLE, Pool.DEBT):
            self.of_buckets[bucket_id][Pool.REVOKED] += amount

    def count(self, bucket_id: int, pool: Pool, amount: int) -> None:
        if pool == Pool.DEBT:
            self.of_account[Pool.DEBT] -= amount
            self.debt -= amount
        elif pool != Pool.OUTSIDE:
            self.of_buckets[bucket_id][pool] += amount
            if pool in OF_ACCOUNT:
                self.of_account[pool] += amount

    def credit(self, bucket_id: int, src: Pool, amount: int, **said: str) -> None:
        """Make the amount available. A debt is paid with it first."""
        self.move(bucket_id, src, Pool.AVAILABLE, amount, **said)
        reason = said.get("reason", "")
        self.move(bucket_id, Pool.AVAILABLE, Pool.DEBT, min(amount, self.debt), reason=reason)

    def put_back(self, bucket_id: int, src: Pool, amount: int, *, dead: bool) -> int:
        """To the bucket it came from, or to expired; what became available is returned."""
        if dead:
            self.move(bucket_id, src, Pool.EXPIRED, amount)
            return 0
        self.credit(bucket_id, src, amount)
        return amount

    def write(self) -> None:
        for pk, changes in sorted(self.of_buckets.items()):
            if any(changes.values()):
                sql.changed(sql.ADD_TO_BUCKET, *(changes[pool] for pool in OF_BUCKET), pk)
        if any(self.of_account.values()):
            changes = self.of_account
            added = (changes[pool] for pool in OF_ACCOUNT)
            sql.changed(sql.ADD_TO_ACCOUNT, *added, self.account_id)
        if self.entries:
            sql.insert_entries(self.entries, timezone.now())


def moves_of(account: Account, hold_id: int | None = None) -> Moves:
    """Of an account that is locked."""
    return Moves(account.pk, debt=account.debt, hold_id=hold_id)
