"""Case 11 of the twelve: the event that never came."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from billing.models import MoneyDay, StripeEvent
from billing.payments import event_handlers, reconciliation

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_no_event_told_us_of_is_found_once(shop, now_at):
    shop.session()
    shop.invoice(shop.subscription())
    assert reconciliation.reconcile_payments().fixed == 2
    assert now_at(shop.account) == (2000, 0, 0)
    reconciliation.reconcile_payments()
    assert now_at(shop.account) == (2000, 0, 0)


def test_an_event_taken_in_by_a_worker_that_died_is_worked_on(shop, now_at):
    session = shop.session()
    shop.post(shop.stripe.event("checkout.session.completed", session))
    reconciliation.reconcile_payments()
    assert StripeEvent.objects.get().state == StripeEvent.State.DONE
    assert now_at(shop.account) == (500, 0, 0)


def test_a_poisoned_item_is_reported_and_does_not_stop_the_rest(shop, now_at):
    poisoned = shop.session()
    poisoned["line_items"]["data"][0]["price"]["id"] = "price_unknown"
    shop.session()
    done = reconciliation.reconcile_payments()
    assert done.failed == [poisoned["id"]]
    assert now_at(shop.account) == (500, 0, 0)


def test_what_is_not_paid_or_not_ours_is_left_alone(shop, now_at):
    shop.session(payment_status="unpaid")
    shop.session(client_reference_id="theirs", customer="cus_stranger")
    assert reconciliation.reconcile_payments() == reconciliation.Reconciled()
    assert now_at(shop.account) == (0, 0, 0)


def test_a_refund_that_no_event_told_us_of_is_found(shop, now_at):
    session = shop.session()
    shop.tell("checkout.session.completed", session)
    shop.stripe.event("charge.refunded", shop.charge(session, refunded=500))
    reconciliation.reconcile_payments()
    assert now_at(shop.account) == (0, 0, 0)


def test_two_at_once_grant_once(shop, together, now_at):
    for _ in range(3):
        shop.session()
    together(lambda _: reconciliation.reconcile_payments(), 4)
    assert now_at(shop.account) == (1500, 0, 0)


def test_each_days_money_is_compared_by_currency(shop, caplog):
    known, unknown = shop.session(), shop.session()
    shop.tell("checkout.session.completed", known)
    for session in (known, unknown):
        shop.charge(session)
    shop.charge(unknown, customer="cus_stranger")
    shop.charge(unknown, paid=False)
    day = datetime.now(UTC).date()
    (counted,) = reconciliation.count_money(day)
    assert (counted.currency, counted.ours, counted.stripes) == ("usd", 500, 1000)
    assert "Stripe took 1000, we know of 500" in caplog.text
    event_handlers.fulfilment.fulfil_session(unknown["id"])
    assert reconciliation.count_money(day)[0].ours == 1000
    assert MoneyDay.objects.count() == 1
    assert reconciliation.count_money(day - timedelta(days=3)) == []


@pytest.mark.parametrize("days", [3, 14, 29])
def test_what_came_late_is_found_as_long_as_stripe_tells_of_it(shop, now_at, days):
    ago = int(time.time()) - days * 86400
    shop.session(created=ago)
    refunded = shop.session(created=ago)
    shop.stripe.event("charge.refunded", shop.charge(refunded, refunded=500), created=ago)
    reconciliation.reconcile_payments()
    assert now_at(shop.account) == (500, 0, 0)


def test_a_checkout_that_a_code_made_free_is_found_too(shop, now_at):
    shop.session(payment_status="no_payment_required", amount_total=0, payment_intent=None)
    reconciliation.reconcile_payments()
    assert now_at(shop.account) == (500, 0, 0)


def test_a_failed_payments_event_does_not_hide_the_invoice_that_was_paid_after(shop, now_at):
    invoice = shop.invoice(shop.subscription(), status="open")
    shop.tell("invoice.payment_failed", invoice)
    invoice["status"] = "paid"
    reconciliation.reconcile_payments()
    assert now_at(shop.account) == (1500, 0, 0)


def test_a_list_that_cannot_be_read_leaves_the_others(shop, now_at, monkeypatch):
    def broken(since, done):
        raise RuntimeError("no answer")

    shop.invoice(shop.subscription())
    monkeypatch.setattr(reconciliation, "mend_sessions", broken)
    broken.__name__ = "mend_sessions"
    assert reconciliation.reconcile_payments().failed == ["mend_sessions"]
    assert now_at(shop.account) == (1500, 0, 0)


def test_each_days_refunds_fees_and_unknown_sales_are_compared(shop, caplog):
    known, gone = shop.session(), shop.session()
    for session in (known, gone):
        shop.tell("checkout.session.completed", session)
    shop.charge(known, refunded=200, balance_transaction={"id": "txn_1", "fee": 45})
    (counted,) = reconciliation.count_money(datetime.now(UTC).date())
    assert (counted.stripes_back, counted.ours_back, counted.fees) == (200, 0, 45)
    assert counted.unknown == 1
    assert "gave back 200, we know of 0" in caplog.text
    assert "does not know 1 of our sales" in caplog.text
