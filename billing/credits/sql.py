"""The statements that run for every attempt, written out: composing them anew each time was most
of the ledger's time. The same on PostgreSQL and on SQLite."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from billing.models import Entry, Hold

INSERT_HOLD = """
INSERT INTO billing_hold (account_id, attempt, key_id, user_id, state, amount, captured, returned, reason,
  late, note, lease_until, created)
VALUES (%s, %s, %s, %s, 'held', %s, 0, 0, '', FALSE, %s, %s, %s)
ON CONFLICT (attempt) DO NOTHING RETURNING id
"""
TAKE = """
UPDATE billing_account
SET available = available - %s, held = held + %s, version = version + 1
WHERE id = %s AND available >= %s
"""
SPENDABLE_BUCKETS = """
SELECT id, available FROM billing_bucket
WHERE account_id = %s AND available > 0 AND (expires IS NULL OR expires > %s)
ORDER BY expires ASC NULLS LAST, priority, id
"""
SETTLE_HOLD = """
UPDATE billing_hold SET state = %s, captured = COALESCE(%s, amount), reason = %s, settled = %s
WHERE attempt = %s AND state = 'held' AND (lease_until < %s OR %s)
RETURNING id, account_id, amount, captured
"""
LET_GO = """
UPDATE billing_account SET held = held - %s, version = version + 1 WHERE id = %s
RETURNING debt, merged_into_id
"""
PARTS = """
SELECT bucket.id, entry.amount, bucket.expires IS NOT NULL AND bucket.expires <= %s
FROM billing_entry entry JOIN billing_bucket bucket ON bucket.id = entry.bucket_id
WHERE entry.hold_id = %s AND entry.dst = %s ORDER BY entry.id
"""
ADD_TO_BUCKET = """
UPDATE billing_bucket SET available = available + %s, held = held + %s, consumed = consumed + %s,
  expired = expired + %s, revoked = revoked + %s
WHERE id = %s
"""
ADD_TO_ACCOUNT = """
UPDATE billing_account SET available = available + %s, held = held + %s, debt = debt + %s
WHERE id = %s
"""
# Creates the row or locks it; a limit that was lowered never falls below what was given.
LOCK_ALLOWANCE = """
INSERT INTO billing_allowance (day, scope, given, "limit") VALUES (%s, %s, 0, %s)
ON CONFLICT (day, scope) DO UPDATE SET "limit" =
  CASE WHEN billing_allowance.given > excluded."limit" THEN billing_allowance.given
  ELSE excluded."limit" END
RETURNING given
"""
INSERT_ENTRIES = """
INSERT INTO billing_entry (account_id, bucket_id, hold_id, src, dst, amount, kind, ref, reason,
  actor, at)
VALUES """


def rows(statement: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def changed(statement: str, *values: Any) -> int:
    """How many rows the statement changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def moment(at: datetime) -> Any:
    """A time as this database's columns hold it."""
    return connection.ops.adapt_datetimefield_value(at)


def insert_hold(row: Hold, now: datetime) -> int | None:
    """The new row's id; None when the attempt has one already."""
    inserted = rows(
        INSERT_HOLD,
        row.account_id,
        row.attempt,
        row.key_id,
        row.user_id,
        row.amount,
        json.dumps(row.note),
        moment(row.lease_until),
        moment(now),
    )
    return inserted[0][0] if inserted else None


def lock_allowance(day: date, scope: str, limit: int) -> int:
    """How much of a day's share was given; nobody else gives of it until the transaction ends."""
    at = connection.ops.adapt_datefield_value(day)
    ((given,),) = rows(LOCK_ALLOWANCE, at, scope, limit)
    return int(given)


def insert_entries(entries: Sequence[Entry], now: datetime) -> None:
    values: list[Any] = []
    for entry in entries:
        values += (entry.account_id, entry.bucket_id, entry.hold_id, entry.src, entry.dst)
        values += (entry.amount, entry.kind, entry.ref, entry.reason, entry.actor, moment(now))
    changed(
        INSERT_ENTRIES + ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"] * len(entries)),
        *values,
    )
