"""Ledger audit: one query that proves the books. No rows: sound."""

import logging
from dataclasses import dataclass
from typing import cast

from django.db import connection
from django.dispatch import Signal
from django.utils import timezone

from billing.accounts import free_allowance
from billing.models import AuditRun, Hold, StripeEvent

log = logging.getLogger(__name__)


# Sent for more than this layer sees: each receiver answers with problems.
audits = Signal()


@dataclass(frozen=True)
class Problem:
    """What does not hold, and for which row."""

    what: str
    row: int


# In words: each bucket is what its entries say; each account is the sum of its buckets, and owes
# what its entries say; each hold's entries add up to its amount, and to its state; nothing is
# held but by an open hold; each sale has its bucket and each bucket its sale, and of what went back
# of a payment credits went back; nobody owes while they have; a day's free credits are counted as they
# were spent.
PROBLEMS = """
WITH journal AS (
  SELECT bucket_id,
    SUM(CASE WHEN src = 'outside' AND dst = 'available' THEN amount ELSE 0 END) AS granted,
    SUM(CASE WHEN dst = 'available' THEN amount WHEN src = 'available' THEN -amount ELSE 0 END)
      AS available,
    SUM(CASE WHEN dst = 'held' THEN amount WHEN src = 'held' THEN -amount ELSE 0 END) AS held,
    SUM(CASE WHEN dst = 'consumed' THEN amount WHEN src = 'consumed' THEN -amount ELSE 0 END)
      AS consumed,
    SUM(CASE WHEN dst = 'expired' THEN amount ELSE 0 END) AS expired,
    SUM(CASE WHEN src = 'available' AND dst IN ('revoked', 'debt') THEN amount ELSE 0 END)
      AS revoked
  FROM billing_entry GROUP BY bucket_id),
owed AS (
  SELECT account_id,
    SUM(CASE WHEN src = 'debt' THEN amount WHEN dst = 'debt' THEN -amount ELSE 0 END) AS debt
  FROM billing_entry GROUP BY account_id),
kept AS (
  SELECT account_id, SUM(available) AS available, SUM(held) AS held
  FROM billing_bucket GROUP BY account_id),
attempt AS (
  SELECT hold_id,
    SUM(CASE WHEN src = 'available' AND dst = 'held' THEN amount ELSE 0 END) AS taken,
    SUM(CASE WHEN src = 'held' THEN amount ELSE 0 END) AS settled,
    SUM(CASE WHEN src = 'held' AND dst = 'consumed' THEN amount ELSE 0 END) AS charged,
    SUM(CASE WHEN src = 'consumed' THEN amount ELSE 0 END) AS returned
  FROM billing_entry WHERE hold_id IS NOT NULL GROUP BY hold_id),
open_held AS (
  SELECT entry.bucket_id, SUM(entry.amount) AS held
  FROM billing_entry entry JOIN billing_hold hold ON hold.id = entry.hold_id
  WHERE hold.state = 'held' AND entry.dst = 'held' GROUP BY entry.bucket_id),
spent_free AS (
  SELECT day, scope, SUM(amount) AS amount FROM (
    SELECT day, address AS scope, amount FROM billing_freeuse
    UNION ALL SELECT day, network, amount FROM billing_freeuse
    UNION ALL SELECT day, 'everybody', amount FROM billing_freeuse) uses
  GROUP BY day, scope)
SELECT 'bucket differs from its entries', bucket.id
  FROM billing_bucket bucket LEFT JOIN journal ON journal.bucket_id = bucket.id
  WHERE bucket.granted <> COALESCE(journal.granted, 0)
    OR bucket.available <> COALESCE(journal.available, 0)
    OR bucket.held <> COALESCE(journal.held, 0)
    OR bucket.consumed <> COALESCE(journal.consumed, 0)
    OR bucket.expired <> COALESCE(journal.expired, 0)
    OR bucket.revoked <> COALESCE(journal.revoked, 0)
UNION ALL SELECT 'bucket loses credits', id FROM billing_bucket
  WHERE granted <> available + held + consumed + expired + revoked
    OR available < 0 OR held < 0 OR consumed < 0 OR expired < 0 OR revoked < 0
UNION ALL SELECT 'bucket holds for no open hold', bucket.id
  FROM billing_bucket bucket LEFT JOIN open_held ON open_held.bucket_id = bucket.id
  WHERE bucket.held <> COALESCE(open_held.held, 0)
UNION ALL SELECT 'account differs from its buckets', account.id
  FROM billing_account account LEFT JOIN kept ON kept.account_id = account.id
  WHERE account.available <> COALESCE(kept.available, 0)
    OR account.held <> COALESCE(kept.held, 0)
UNION ALL SELECT 'account owes other than its entries say', account.id
  FROM billing_account account LEFT JOIN owed ON owed.account_id = account.id
  WHERE account.debt <> COALESCE(owed.debt, 0)
UNION ALL SELECT 'account owes and has', id FROM billing_account
  WHERE debt < 0 OR (debt > 0 AND available > 0)
UNION ALL SELECT 'hold differs from its entries', hold.id
  FROM billing_hold hold LEFT JOIN attempt ON attempt.hold_id = hold.id
  WHERE hold.amount <> COALESCE(attempt.taken, 0)
    OR hold.captured <> COALESCE(attempt.charged, 0)
    OR hold.returned <> COALESCE(attempt.returned, 0)
    OR COALESCE(attempt.settled, 0) <> CASE WHEN hold.state = 'held' THEN 0 ELSE hold.amount END
UNION ALL SELECT 'entry and bucket of two accounts', entry.id
  FROM billing_entry entry JOIN billing_bucket bucket ON bucket.id = entry.bucket_id
  WHERE entry.account_id <> bucket.account_id
UNION ALL SELECT 'entry and hold of two accounts', entry.id
  FROM billing_entry entry JOIN billing_hold hold ON hold.id = entry.hold_id
  WHERE entry.account_id <> hold.account_id
UNION ALL SELECT 'free credits counted other than spent', allowance.id
  FROM billing_allowance allowance LEFT JOIN spent_free
    ON spent_free.day = allowance.day AND spent_free.scope = allowance.scope
  WHERE allowance.given <> COALESCE(spent_free.amount, 0)
UNION ALL SELECT 'sale and bucket differ', bucket.id
  FROM billing_purchase purchase JOIN billing_bucket bucket ON bucket.id = purchase.bucket_id
  WHERE bucket.granted <> purchase.credits OR bucket.account_id <> purchase.account_id
    OR purchase.taken > purchase.credits
UNION ALL SELECT 'bucket of a sale that nobody knows', bucket.id
  FROM billing_bucket bucket LEFT JOIN billing_purchase purchase ON purchase.bucket_id = bucket.id
  WHERE purchase.ref IS NULL AND (bucket.source_ref LIKE 'cs:%' OR bucket.source_ref LIKE 'in:%'
    OR bucket.source_ref LIKE 'il:%' OR bucket.source_ref LIKE 'sub:%')
UNION ALL SELECT 'money went back and its credits did not', bucket.id
  FROM billing_purchase purchase JOIN billing_bucket bucket ON bucket.id = purchase.bucket_id
  WHERE purchase.payment_intent <> '' AND purchase.paid > 0
    AND purchase.taken + bucket.expired < purchase.credits AND purchase.value <= purchase.paid
    AND (SELECT COALESCE(SUM(amount), 0) FROM billing_reversal reversal
      WHERE reversal.payment_intent = purchase.payment_intent AND NOT reversal.parked)
      >= (SELECT SUM(paid) FROM billing_purchase other
      WHERE other.payment_intent = purchase.payment_intent)
UNION ALL SELECT 'credits went back and no money did', bucket.id
  FROM billing_purchase purchase JOIN billing_bucket bucket ON bucket.id = purchase.bucket_id
  WHERE purchase.taken > 0
    AND NOT EXISTS (SELECT 1 FROM billing_reversal reversal WHERE reversal.amount > 0
      AND reversal.payment_intent = purchase.payment_intent AND NOT reversal.parked)
    AND NOT EXISTS (SELECT 1 FROM billing_proration proration
      WHERE proration.purchase_id = purchase.ref)
UNION ALL SELECT 'a fourth preview without its credit', preview.id
  FROM billing_preview preview LEFT JOIN billing_hold hold ON hold.attempt = preview.attempt
  WHERE preview.month = '' AND preview.number % 4 = 0
    AND (hold.id IS NULL OR hold.state = 'released')
UNION ALL SELECT 'free credits spent other than granted', uses.id
  FROM billing_freeuse uses JOIN billing_bucket bucket ON bucket.id = uses.bucket_id
  WHERE bucket.granted <> uses.amount + COALESCE((
    SELECT SUM(amount) FROM billing_entry entry
    WHERE entry.hold_id = uses.hold_id AND entry.bucket_id = uses.bucket_id
      AND entry.src = 'held' AND entry.dst IN ('available', 'expired')), 0)
"""


def find_problems() -> list[Problem]:
    """What is wrong in the books, from one snapshot; empty when they are sound."""
    with connection.cursor() as cursor:
        cursor.execute(PROBLEMS)
        found = [Problem(what, row) for what, row in cursor.fetchall()]
    for _, more in audits.send(sender=None):
        found.extend(cast(list[Problem], more))
    return found


def nightly() -> AuditRun:
    """Prove the books and say so in the log when they are not sound; forget what need not stay."""
    found = find_problems()
    for problem in found:
        log.critical("the ledger is not sound: %s (%s)", problem.what, problem.row)
    free_allowance.forget_old_counts()
    return AuditRun.objects.create(problems=len(found))


def read_gauges() -> dict[str, int]:
    """For the metrics page: what the last audit found, and what waits for us."""
    last = AuditRun.objects.order_by("-pk").first()
    return {
        "billing_audit_problems": last.problems if last else 0,
        "billing_audit_age_seconds": int((timezone.now() - last.at).total_seconds())
        if last
        else -1,
        "billing_events_waiting": StripeEvent.objects.filter(state="waiting").count(),
        "billing_events_failed": StripeEvent.objects.filter(state="failed").count(),
        "billing_open_holds": Hold.objects.filter(state="held").count(),
    }
