"""The bugs that `mutants.py` plants in billing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """A bug: in a file, this instead of that; and which tests are asked first."""

    name: str
    file: str
    was: str
    now: str
    tests: str


MUTANTS = (
    Mutant(
        "spends without asking what there is",
        "sql.py",
        "WHERE id = %s AND available >= %s",
        "WHERE id = %s AND %s IS NOT NULL",
        "test_ledger",
    ),
    Mutant(
        "reads the balance, then writes it back",
        "ledger.py",
        "    if sql.changed(sql.TAKE, amount, amount, account.pk, amount) != 1:",
        "    there = Account.objects.get(pk=account.pk)\n    there.available, there.held = there.available - amount, there.held + amount\n    if there.available < 0 or there.save() is not None:",
        "test_races",
    ),
    Mutant(
        "settles a hold without looking at its state",
        "sql.py",
        "WHERE attempt = %s AND state = 'held' AND",
        "WHERE attempt = %s AND",
        "test_ledger",
    ),
    Mutant(
        "lapses a hold that was extended meanwhile",
        "ledger.py",
        "whenever = state != Hold.State.LAPSED",
        "whenever = True",
        "test_ledger",
    ),
    Mutant(
        "extends a hold that is settled",
        "ledger.py",
        "held = Hold.objects.filter(attempt=attempt, state=Hold.State.HELD)\n    return held",
        "held = Hold.objects.filter(attempt=attempt)\n    return held",
        "test_ledger",
    ),
    Mutant(
        "never sweeps lapsed holds",
        "ledger.py",
        'for attempt in list(open_holds.values_list("attempt", flat=True))',
        'for attempt in list(open_holds.none().values_list("attempt", flat=True))',
        "test_ledger",
    ),
    Mutant(
        "charges the whole hold for a part",
        "ledger.py",
        "if finish(attempt, Hold.State.CAPTURED, charge=amount):",
        "if finish(attempt, Hold.State.CAPTURED, charge=None):",
        "test_ledger",
    ),
    Mutant(
        "holds a settled attempt again",
        "ledger.py",
        "if not same or found.state != Hold.State.HELD:",
        "if not same:",
        "test_ledger",
    ),
    Mutant(
        "spends what has expired",
        "sql.py",
        " AND (expires IS NULL OR expires > %s)",
        " AND (expires IS NULL OR %s IS NOT NULL)",
        "test_ledger",
    ),
    Mutant(
        "spends the newest first",
        "sql.py",
        "ORDER BY expires ASC NULLS LAST, priority, id\n",
        "ORDER BY id DESC\n",
        "test_ledger",
    ),
    Mutant(
        "revives expired credits on release",
        "moves.py",
        "        if dead:\n",
        "        if False:\n",
        "test_ledger",
    ),
    Mutant(
        "keeps a debt beside new credits",
        "moves.py",
        "self.move(bucket_id, Pool.AVAILABLE, Pool.DEBT, min(amount, self.debt), reason=reason)",
        "pass",
        "test_grants",
    ),
    Mutant(
        "gives back twice",
        "ledger.py",
        "charged.filter(given_back=None, settled__gt",
        "charged.filter(settled__gt",
        "test_limits",
    ),
    Mutant(
        "gives back for ever",
        "ledger.py",
        "charged.filter(given_back=None, settled__gt=now - timedelta(hours=hours))",
        "charged.filter(given_back=None)",
        "test_limits",
    ),
    Mutant(
        "counts give-backs before it has the lock",
        "ledger.py",
        "        account = lock(row.account_id)\n        check_give_backs(row, now)\n",
        "        check_give_backs(row, now)\n        account = lock(row.account_id)\n",
        "test_races",
    ),
    Mutant(
        "forgets the monthly cap",
        "ledger.py",
        "if before + row.amount > cap:",
        "if before > cap:",
        "test_limits",
    ),
    Mutant(
        "checks the cap before it has the lock",
        "ledger.py",
        "    # Asks, takes and locks at once",
        "    check_caps(row, now)\n    row.key, row.account.monthly_cap = None, None\n    # Asks, takes and locks at once",
        "test_races",
    ),
    Mutant(
        "merges a visitor every time",
        "merging.py",
        "pk=visitors.pk, kind=Account.Kind.VISITOR, merged_into__isnull=True",
        "pk=visitors.pk, kind=Account.Kind.VISITOR",
        "test_merging",
    ),
    Mutant(
        "doubles what is merged",
        "merging.py",
        "out.move(bucket.pk, Pool.AVAILABLE, Pool.REVOKED, amount, reason=reason)",
        "pass",
        "test_merging",
    ),
    Mutant(
        "strands what is released after a merge",
        "merging.py",
        "transaction.on_commit(partial(forward, account_id))",
        "pass",
        "test_merging",
    ),
    Mutant(
        "sends the next visitor's credits after the last",
        "merging.py",
        "available__gt=0, created__lte=source.merged)",
        "available__gt=0)",
        "test_merging",
    ),
    Mutant(
        "bounds no network",
        "allowance.py",
        "day=day, scope=scope, given__lte=limit - amount)",
        "day=day, scope=scope)",
        "test_allowance",
    ),
    Mutant(
        "reserves free credits that it does not grant",
        "allowance.py",
        "            transaction.set_rollback(True)\n",
        "",
        "test_races",
    ),
    Mutant(
        "grants before the payment",
        "purchases.py",
        'if session.mode != "payment" or session.payment_status != "paid":',
        'if session.mode != "payment":',
        "test_purchases",
    ),
    Mutant(
        "counts a purchase by the road it came",
        "purchases.py",
        "ref=ref_of(session.id),",
        "ref=f\"{ref_of(session.id)}:{__import__('uuid').uuid4()}\",",
        "test_purchases",
    ),
    Mutant(
        "believes metadata",
        "purchases.py",
        "credits=sum(item.credits * quantity for item, quantity in sold),",
        'credits=int(getattr(session.metadata, "credits", 0) or '
        "sum(item.credits * quantity for item, quantity in sold)),",
        "test_purchases",
    ),
    Mutant(
        "grants a plan's first month only",
        "purchases.py",
        ":{price}:{line.period.start}",
        ":{price}",
        "test_purchases",
    ),
    Mutant(
        "grants a month for a proration",
        "purchases.py",
        "details is not None and not details.proration and line.amount >= 0",
        "details is not None and line.amount >= 0",
        "test_purchases",
    ),
    Mutant(
        "grants a month for an open invoice",
        "purchases.py",
        'if invoice.status != "paid":',
        "if False:",
        "test_purchases",
    ),
    Mutant(
        "forgets a refund that came before the purchase",
        "purchases.py",
        "    reversals.apply(paid.payment_intent)\n",
        "",
        "test_reversals",
    ),
    Mutant(
        "takes back anew with each event",
        "reversals.py",
        "owed = target - purchase.taken",
        "owed = target",
        "test_reversals",
    ),
    Mutant(
        "takes back cents as credits",
        "reversals.py",
        "target = -(-purchase.credits * back // paid) if paid else 0",
        "target = min(purchase.credits, back)",
        "test_reversals",
    ),
    Mutant(
        "ignores that a dispute was won",
        "reversals.py",
        'HARMLESS = {"won", ',
        "HARMLESS = {",
        "test_reversals",
    ),
    Mutant(
        "lets a slow answer undo a newer one",
        "converging.py",
        "rows.filter(version=seen).update",
        "rows.update",
        "test_reversals or test_subscriptions",
    ),
    Mutant(
        "lets anybody post events",
        "door.py",
        "event = stripe.Webhook.construct_event(raw, signature, till.webhook_secret)",
        'event = stripe.Event.construct_from(__import__("json").loads(raw), None)',
        "test_door",
    ),
    Mutant(
        "takes test money for real",
        "door.py",
        "if event.livemode != till.livemode:",
        "if False:",
        "test_door",
    ),
    Mutant(
        "stops at a poisoned event",
        "events.py",
        "        return wait(row, error)\n",
        "        raise error\n",
        "test_door",
    ),
    Mutant(
        "stops reconciling at a poisoned item",
        "reconciliation.py",
        "        except Exception:\n",
        "        except ZeroDivisionError:\n",
        "test_reconciliation",
    ),
    Mutant(
        "tops up twice in a row",
        "refills.py",
        "if made.filter(created__gt=now - COOLDOWN).exists():",
        "if False:",
        "test_till",
    ),
    Mutant(
        "writes of a low balance again and again",
        "refills.py",
        "low = wanted.filter(noticed=None, account__available__lt",
        "Refill.objects.update(noticed=None)\n    low = wanted.filter(account__available__lt",
        "test_till",
    ),
)
