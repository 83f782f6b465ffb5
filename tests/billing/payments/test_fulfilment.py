"""Cases 1 and 9 of the twelve: a payment counts once, by whichever road it is heard of."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from billing import emails, prices, tasks
from billing.errors import ForeignEventError, NoPriceError
from billing.models import Bucket, Order, Purchase, StripeEvent, TopUp
from billing.payments import fulfilment
from tests.billing import stripe_double

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_paid_pack_is_granted_and_does_not_expire(shop, now_at):
    session = shop.session()
    assert shop.tell("checkout.session.completed", session) == StripeEvent.State.DONE
    assert now_at(shop.account) == (500, 0, 0)
    bucket = Bucket.objects.get()
    assert (bucket.source_ref, bucket.expires) == (f"cs:{session['id']}", None)


def test_one_event_delivered_sixteen_times_grants_once(shop, together, now_at):
    event = shop.stripe.event("checkout.session.completed", shop.session())

    def deliver(_):
        taken = shop.post(event)
        fulfilment.fulfil_session(event["data"]["object"]["id"])
        return taken

    assert sorted(together(deliver)) == [False] * 15 + [True]
    assert now_at(shop.account) == (500, 0, 0)


def test_one_purchase_by_four_roads_at_once_grants_once(shop, together, now_at):
    session = shop.session()
    roads = [
        lambda: shop.tell("checkout.session.completed", session),
        lambda: shop.tell("checkout.session.async_payment_succeeded", session),
        lambda: fulfilment.fulfil_session(session["id"]),
        lambda: fulfilment.fulfil_session(session["id"]),
    ]
    together(lambda index: roads[index % 4]())
    assert now_at(shop.account) == (500, 0, 0)


def test_a_checkout_completed_while_unpaid_grants_when_it_is_paid(shop, now_at):
    session = shop.session(payment_status="unpaid")
    shop.tell("checkout.session.completed", session)
    assert now_at(shop.account) == (0, 0, 0)
    session["payment_status"] = "paid"
    shop.tell("checkout.session.async_payment_succeeded", session)
    assert now_at(shop.account) == (500, 0, 0)


def test_the_event_is_not_believed_but_the_object(shop, now_at):
    session = shop.session(payment_status="unpaid")
    shop.tell("checkout.session.completed", {**session, "payment_status": "paid"})
    assert now_at(shop.account) == (0, 0, 0)


def test_credits_come_from_our_list_and_never_from_metadata(shop, now_at):
    session = shop.session(quantity=2, metadata={"credits": "999999"})
    shop.tell("checkout.session.completed", session)
    assert now_at(shop.account) == (1000, 0, 0)


def test_a_price_that_we_do_not_list_grants_nothing(shop, now_at):
    session = shop.session()
    session["line_items"]["data"][0]["price"]["id"] = "price_unknown"
    with pytest.raises(NoPriceError):
        fulfilment.fulfil_session(session["id"])
    assert now_at(shop.account) == (0, 0, 0)


REFERENCES = [None, "", "42", "6f2f8f4e-5a7c-4c62-9c0e-6f2f8f4e5a7c"]


@pytest.mark.parametrize("reference", REFERENCES)
def test_another_sites_checkout_is_not_ours(shop, reference):
    session = shop.session(client_reference_id=reference, customer="cus_stranger")
    with pytest.raises(ForeignEventError):
        fulfilment.fulfil_session(session["id"])


@pytest.mark.parametrize("reference", REFERENCES)
def test_what_our_own_customer_paid_for_is_never_foreign(shop, now_at, reference):
    session = shop.session(client_reference_id=reference)
    assert shop.tell("checkout.session.completed", session) == StripeEvent.State.DONE
    assert now_at(shop.account) == (500, 0, 0)


def test_a_checkout_that_a_code_made_free_is_fulfilled_once_it_is_complete(shop, now_at):
    free = {"payment_status": "no_payment_required", "amount_total": 0, "payment_intent": None}
    session = shop.session(**free, status="open")
    shop.tell("checkout.session.completed", session)
    assert now_at(shop.account) == (0, 0, 0)
    session["status"] = "complete"
    shop.tell("checkout.session.completed", session)
    assert now_at(shop.account) == (500, 0, 0)


def test_a_pack_that_left_the_list_still_grants_what_the_buyer_saw(shop, now_at, monkeypatch):
    session = shop.session()
    month = shop.invoice(shop.subscription())
    for name in ("PACKS", "PLANS"):
        monkeypatch.setattr(prices, name, ())
    shop.tell("checkout.session.completed", session)
    shop.tell("invoice.paid", month)
    assert now_at(shop.account) == (2000, 0, 0)


def test_a_pack_that_changed_grants_what_it_was_sold_with(shop, now_at, monkeypatch):
    session = shop.session()
    month = shop.invoice(shop.subscription())
    other = [dataclasses.replace(item, credits=7) for item in prices.PACKS]
    monkeypatch.setattr(prices, "PACKS", tuple(other))
    plans = [dataclasses.replace(item, credits=7) for item in prices.PLANS]
    monkeypatch.setattr(prices, "PLANS", tuple(plans))
    shop.tell("checkout.session.completed", session)
    shop.tell("invoice.paid", month)
    assert now_at(shop.account) == (2000, 0, 0)


def test_every_line_and_every_quantity_is_granted(shop, now_at):
    two = {**shop.line("plan-seller"), "quantity": 2, "amount": 1800}
    pack = {**shop.line("pack-500"), "parent": None}
    shop.tell("invoice.paid", shop.invoice(shop.subscription(), two, pack))
    assert now_at(shop.account) == (3500, 0, 0)


def test_lines_beyond_the_first_page_are_granted(shop, now_at):
    lines = [{**shop.line("pack-500"), "parent": None} for _ in range(3)]
    invoice = shop.invoice(shop.subscription(), *lines)
    shop.stripe.pages[f"/v1/invoices/{invoice['id']}/lines"] = lines[2:]
    invoice["lines"] |= {"data": lines[:2], "has_more": True}
    invoice["lines"]["url"] = f"/v1/invoices/{invoice['id']}/lines"
    shop.tell("invoice.paid", invoice)
    assert now_at(shop.account) == (1500, 0, 0)


def test_a_month_to_try_grants_what_a_trial_comes_with(shop, now_at, settings):
    trial = shop.line("plan-seller", amount=0)
    shop.tell("invoice.paid", shop.invoice(shop.subscription(status="trialing"), trial))
    assert now_at(shop.account) == (0, 0, 0)
    settings.BILLING_LIMITS = {"trial_credits": 50}
    again = shop.line("plan-seller", start=1, amount=0)
    shop.tell("invoice.paid", shop.invoice(shop.subscription(status="trialing"), again))
    assert now_at(shop.account) == (50, 0, 0)


def test_a_transfer_that_fails_grants_nothing_and_is_said(shop, now_at, monkeypatch, mailoutbox):
    monkeypatch.setattr(emails, "send_on_commit", lambda task, *args: tasks.deliver_email(*args))
    session = shop.session(payment_status="unpaid")
    shop.tell("checkout.session.async_payment_failed", session)
    assert now_at(shop.account) == (0, 0, 0)
    assert Order.objects.get().state == "failed"
    assert "did not arrive" in mailoutbox[0].subject
    shop.tell("checkout.session.async_payment_failed", session)
    assert len(mailoutbox) == 1


def test_what_was_sold_is_written_where_it_was_sold(shop):
    shop.tell("checkout.session.completed", shop.session())
    bought = Purchase.objects.get()
    assert (bought.credits, bought.paid, bought.currency) == (500, 500, "usd")
    assert bought.till == shop.TILL


def test_a_month_is_granted_once_though_two_event_types_tell_of_it(shop, together, now_at):
    invoice = shop.invoice(shop.subscription(), billing_reason="subscription_create")
    kinds = ["invoice.paid", "invoice.payment_succeeded"]
    together(lambda index: shop.tell(kinds[index % 2], invoice), 8)
    assert now_at(shop.account) == (1500, 0, 0)


def test_each_month_is_granted(shop, now_at):
    subscription = shop.subscription()
    for month in range(3):
        shop.tell("invoice.paid", shop.invoice(subscription, shop.line(start=month * 30 * 86400)))
    assert now_at(shop.account) == (4500, 0, 0)


def test_what_is_left_of_a_month_lives_one_month_more(shop):
    line = shop.line()
    shop.tell("invoice.paid", shop.invoice(shop.subscription(), line))
    end = datetime.fromtimestamp(line["period"]["end"], UTC)
    assert Bucket.objects.get().expires == end + timedelta(days=30)


def test_a_proration_grants_no_month_and_an_upgrade_a_whole_one(shop, now_at):
    subscription = shop.subscription()
    shop.tell("invoice.paid", shop.invoice(subscription))
    prorated = shop.line("plan-studio", proration=True)
    shop.tell(
        "invoice.paid",
        shop.invoice(subscription, prorated, billing_reason="subscription_update"),
    )
    assert now_at(shop.account) == (1500, 0, 0)
    upgrade = [shop.line(proration=True, amount=-450), shop.line("plan-studio")]
    shop.tell("invoice.paid", shop.invoice(subscription, *upgrade))
    assert now_at(shop.account) == (750 + 6000, 0, 0)
    assert Purchase.objects.get(item="plan-studio").paid == 3000 - 450


@pytest.mark.parametrize("status", ["open", "draft", "uncollectible", "void"])
def test_an_invoice_that_is_not_paid_grants_nothing_and_takes_nothing(shop, now_at, status):
    shop.tell("checkout.session.completed", shop.session())
    shop.tell(
        "invoice.paid", shop.invoice(shop.subscription("plan-seller", "past_due"), status=status)
    )
    assert now_at(shop.account) == (500, 0, 0)


def test_the_invoice_of_a_checkout_grants_nothing_beside_it(shop, now_at):
    session = shop.session()
    line = {**shop.line("pack-500"), "parent": None}
    intent = {"payment": {"payment_intent": session["payment_intent"]}}
    payments = stripe_double.as_list(intent)
    invoice = shop.invoice({"id": None}, line, parent=None, payments=payments)
    shop.tell("checkout.session.completed", session)
    shop.tell("invoice.paid", invoice)
    assert now_at(shop.account) == (500, 0, 0)


def test_a_top_ups_invoice_grants_its_pack_once(shop, now_at):
    line = {**shop.line("pack-500"), "parent": None}
    invoice = shop.invoice({"id": None}, line, parent=None)
    sold = {"item": "pack-500", "credits": 500, "amount": 500}
    TopUp.objects.create(account=shop.account, **sold, invoice=invoice["id"])
    for kind in ("invoice.paid", "invoice.payment_succeeded"):
        shop.tell(kind, invoice)
    assert now_at(shop.account) == (500, 0, 0)
    assert TopUp.objects.get().state == "paid"


def test_a_stranger_s_invoice_is_not_ours(shop):
    invoice = shop.invoice(shop.subscription(), customer="cus_stranger")
    assert shop.tell("invoice.paid", invoice) == StripeEvent.State.FOREIGN
