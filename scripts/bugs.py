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
        "credits/sql.py",
        "WHERE id = %s AND available >= %s",
        "WHERE id = %s AND %s IS NOT NULL",
        "credits/test_holds",
    ),
    Mutant(
        "reads the balance, then writes it back",
        "credits/holds.py",
        "    if sql.changed(sql.TAKE, amount, amount, account.pk, amount) != 1:",
        "    there = Account.objects.get(pk=account.pk)\n    there.available, there.held = there.available - amount, there.held + amount\n    if there.available < 0 or there.save() is not None:",
        "credits/test_credits_races",
    ),
    Mutant(
        "settles a hold without looking at its state",
        "credits/sql.py",
        "WHERE attempt = %s AND state = 'held' AND",
        "WHERE attempt = %s AND",
        "credits/test_holds",
    ),
    Mutant(
        "lapses a hold that was extended meanwhile",
        "credits/holds.py",
        "whenever = state != Hold.State.LAPSED",
        "whenever = True",
        "credits/test_holds",
    ),
    Mutant(
        "extends a hold that is settled",
        "credits/holds.py",
        "held = Hold.objects.filter(attempt=attempt, state=Hold.State.HELD)\n    return held",
        "held = Hold.objects.filter(attempt=attempt)\n    return held",
        "credits/test_holds",
    ),
    Mutant(
        "never sweeps lapsed holds",
        "credits/holds.py",
        'for attempt in list(open_holds.values_list("attempt", flat=True))',
        'for attempt in list(open_holds.none().values_list("attempt", flat=True))',
        "credits/test_holds",
    ),
    Mutant(
        "charges the whole hold for a part",
        "credits/holds.py",
        "if finish(attempt, Hold.State.CAPTURED, charge=amount):",
        "if finish(attempt, Hold.State.CAPTURED, charge=None):",
        "credits/test_holds",
    ),
    Mutant(
        "holds a settled attempt again",
        "credits/holds.py",
        "if not same or found.state != Hold.State.HELD:",
        "if not same:",
        "credits/test_holds",
    ),
    Mutant(
        "spends what has expired",
        "credits/sql.py",
        " AND (expires IS NULL OR expires > %s)",
        " AND (expires IS NULL OR %s IS NOT NULL)",
        "credits/test_holds",
    ),
    Mutant(
        "spends the newest first",
        "credits/sql.py",
        "ORDER BY expires ASC NULLS LAST, priority, id\n",
        "ORDER BY id DESC\n",
        "credits/test_holds",
    ),
    Mutant(
        "revives expired credits on release",
        "credits/postings.py",
        "        if dead:\n",
        "        if False:\n",
        "credits/test_holds",
    ),
    Mutant(
        "keeps a debt beside new credits",
        "credits/postings.py",
        "self.move(bucket_id, Pool.AVAILABLE, Pool.DEBT, min(amount, self.debt), reason=reason)",
        "pass",
        "credits/test_grants",
    ),
    Mutant(
        "gives back twice",
        "credits/holds.py",
        "charged.filter(given_back=None, settled__gt",
        "charged.filter(settled__gt",
        "test_limits",
    ),
    Mutant(
        "gives back for ever",
        "credits/holds.py",
        "charged.filter(given_back=None, settled__gt=now - timedelta(hours=hours))",
        "charged.filter(given_back=None)",
        "test_limits",
    ),
    Mutant(
        "counts give-backs before it has the lock",
        "credits/holds.py",
        "        account = lock_account(row.account_id)\n        check_give_backs(row, now)\n",
        "        check_give_backs(row, now)\n        account = lock_account(row.account_id)\n",
        "credits/test_credits_races",
    ),
    Mutant(
        "forgets the monthly cap",
        "credits/holds.py",
        "if before + row.amount > cap:",
        "if before > cap:",
        "test_limits",
    ),
    Mutant(
        "checks the cap before it has the lock",
        "credits/holds.py",
        "    # Asks, takes and locks at once",
        "    check_caps(row, now)\n    row.key, row.account.monthly_cap = None, None\n    # Asks, takes and locks at once",
        "credits/test_credits_races",
    ),
    Mutant(
        "merges a visitor every time",
        "credits/account_merge.py",
        "pk=visitors.pk, kind=Account.Kind.VISITOR, merged_into__isnull=True",
        "pk=visitors.pk, kind=Account.Kind.VISITOR",
        "credits/test_account_merge",
    ),
    Mutant(
        "doubles what is merged",
        "credits/account_merge.py",
        "out.move(bucket.pk, Pool.AVAILABLE, Pool.REVOKED, amount, reason=reason)",
        "pass",
        "credits/test_account_merge",
    ),
    Mutant(
        "strands what is released after a merge",
        "credits/account_merge.py",
        "transaction.on_commit(partial(forward, account_id))",
        "pass",
        "credits/test_account_merge",
    ),
    Mutant(
        "sends the next visitor's credits after the last",
        "credits/account_merge.py",
        "available__gt=0, created__lte=source.merged)",
        "available__gt=0)",
        "credits/test_account_merge",
    ),
    Mutant(
        "bounds no network",
        "credits/free_spending.py",
        "granted = min(wanted, own, *rooms)",
        "granted = min(wanted, own)",
        "accounts/test_free_allowance",
    ),
    Mutant(
        "counts free credits that were not spent",
        "credits/free_spending.py",
        'allowance.update(given=F("given") + amount)',
        'allowance.update(given=F("given") + free.each)',
        "accounts/test_free_allowance",
    ),
    Mutant(
        "grants before the payment",
        "payments/fulfilment.py",
        'if session.mode != "payment" or session.payment_status != "paid":',
        'if session.mode != "payment":',
        "payments/test_fulfilment",
    ),
    Mutant(
        "counts a purchase by the road it came",
        "payments/fulfilment.py",
        "ref=purchase_reference(session.id),",
        "ref=f\"{ref_of(session.id)}:{__import__('uuid').uuid4()}\",",
        "payments/test_fulfilment",
    ),
    Mutant(
        "believes metadata",
        "payments/fulfilment.py",
        "credits=sum(item.credits * quantity for item, quantity in sold),",
        'credits=int(getattr(session.metadata, "credits", 0) or '
        "sum(item.credits * quantity for item, quantity in sold)),",
        "payments/test_fulfilment",
    ),
    Mutant(
        "grants a plan's first month only",
        "payments/fulfilment.py",
        ":{price}:{line.period.start}",
        ":{price}",
        "payments/test_fulfilment",
    ),
    Mutant(
        "grants a month for a proration",
        "payments/fulfilment.py",
        "details is not None and not details.proration and line.amount >= 0",
        "details is not None and line.amount >= 0",
        "payments/test_fulfilment",
    ),
    Mutant(
        "grants a month for an open invoice",
        "payments/fulfilment.py",
        'if invoice.status != "paid":',
        "if False:",
        "payments/test_fulfilment",
    ),
    Mutant(
        "forgets a refund that came before the purchase",
        "payments/fulfilment.py",
        "    refunds.apply(paid.payment_intent)\n",
        "",
        "payments/test_refunds",
    ),
    Mutant(
        "takes back anew with each event",
        "payments/refunds.py",
        "owed = target - purchase.taken",
        "owed = target",
        "payments/test_refunds",
    ),
    Mutant(
        "takes back cents as credits",
        "payments/refunds.py",
        "target = -(-purchase.credits * back // paid) if paid else 0",
        "target = min(purchase.credits, back)",
        "payments/test_refunds",
    ),
    Mutant(
        "ignores that a dispute was won",
        "payments/refunds.py",
        'HARMLESS = {"won", ',
        "HARMLESS = {",
        "payments/test_refunds",
    ),
    Mutant(
        "lets a slow answer undo a newer one",
        "payments/mirror.py",
        "rows.filter(version=seen).update",
        "rows.update",
        "payments/test_refunds or payments/test_subscriptions",
    ),
    Mutant(
        "lets anybody post events",
        "webhooks.py",
        "event = stripe.Webhook.construct_event(raw, signature, gateway.webhook_secret)",
        'event = stripe.Event.construct_from(__import__("json").loads(raw), None)',
        "test_webhooks",
    ),
    Mutant(
        "takes test money for real",
        "webhooks.py",
        "if event.livemode != gateway.livemode:",
        "if False:",
        "test_webhooks",
    ),
    Mutant(
        "stops at a poisoned event",
        "payments/event_handlers.py",
        "        return wait(row, error)\n",
        "        raise error\n",
        "test_webhooks",
    ),
    Mutant(
        "stops reconciling at a poisoned item",
        "payments/reconciliation.py",
        "        except Exception:\n",
        "        except ZeroDivisionError:\n",
        "payments/test_reconciliation",
    ),
    Mutant(
        "tops up twice in a row",
        "payments/auto_top_up.py",
        "if made.filter(created__gt=now - COOLDOWN).exists():",
        "if False:",
        "payments/test_local_gateway",
    ),
    Mutant(
        "writes of a low balance again and again",
        "payments/auto_top_up.py",
        "low = wanted.filter(noticed=None, account__available__lt",
        "Refill.objects.update(noticed=None)\n    low = wanted.filter(account__available__lt",
        "payments/test_local_gateway",
    ),
)
