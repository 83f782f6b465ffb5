"""Case 11 of the twelve: the event that never came."""

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
