"""What we send is what Stripe takes, and what we read is there, by the installed SDK's types."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import stripe

from billing import prices
from billing.models import Order, StripePrice, TopUp
from billing.payments import event_handlers
from billing.payments.connection import API_VERSION, open_gateway
from tests.billing import stripe_double

# Every path that a handler reads.
READ = {
    stripe.checkout.Session: [
        "id",
        "mode",
        "payment_status",
        "client_reference_id",
        "amount_total",
        "currency",
        "payment_intent",
        "url",
        "line_items.data.price.id",
        "line_items.data.quantity",
    ],
    stripe.Invoice: [
        "id",
        "status",
        "customer",
        "amount_paid",
        "currency",
        "parent.subscription_details.subscription",
        "payments.data.payment.payment_intent",
        "lines.data.amount",
        "lines.data.quantity",
        "lines.data.period.start",
        "lines.data.period.end",
        "lines.data.pricing.price_details.price",
        "lines.data.parent.subscription_item_details.proration",
    ],
    stripe.Subscription: [
        "customer",
        "status",
        "schedule",
        "cancel_at_period_end",
        "items.data.id",
        "items.data.price.id",
        "items.data.current_period_start",
        "items.data.current_period_end",
    ],
    stripe.Charge: ["customer", "payment_intent", "amount", "amount_refunded", "paid", "currency"],
    stripe.Dispute: ["charge.customer", "payment_intent", "amount", "status"],
    stripe.Event: ["id", "type", "livemode", "api_version", "data.object"],
}


@pytest.mark.parametrize(
    ("shape", "path"), [(shape, path) for shape, paths in READ.items() for path in paths]
)
def test_every_field_that_we_read_exists(shape, path):
    stripe_double.follow(shape, path)


def test_a_field_that_stripe_removed_would_be_noticed():
    with pytest.raises(AttributeError):
        stripe_double.follow(stripe.Invoice, "subscription")


def test_our_version_is_the_sdks_own():
    assert stripe.api_version == API_VERSION


def test_the_double_knows_the_sdks_routes():
    assert len(stripe_double.routes()) > 500


@pytest.fixture
def api(stripe_says):
    return open_gateway().api


@pytest.mark.parametrize(
    ("params", "wrong"),
    [
        ({"mode": "payment", "colour": "red"}, "colour"),
        ({"mode": "gift"}, "mode"),
        ({"line_items": [{"quantity": "many"}]}, "line_items[0][quantity]"),
        ({"line_items": [{"amount": 5}]}, "line_items[0][amount]"),
        ({"automatic_tax": {"liability": {"type": "self"}}}, "automatic_tax[enabled]"),
        ({"allow_promotion_codes": "perhaps"}, "allow_promotion_codes"),
        ({"expand": "line_items"}, "expand"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(api, params, wrong):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        api.checkout.sessions.create(params)
    assert refused.value.param == wrong


def test_an_idempotency_key_answers_the_same_and_refuses_another_question(api):
    made = {api.customers.create({"email": "a@b.c"}, {"idempotency_key": "k"}).id for _ in range(2)}
    assert len(made) == 1
    with pytest.raises(stripe.IdempotencyError):
        api.customers.create({"email": "d@e.f"}, {"idempotency_key": "k"})


def test_a_price_is_made_once_and_found_after(stripe_says):
    for item in (*prices.PACKS, *prices.PLANS):
        assert open_gateway().price(item) == open_gateway().price(item)
    made = [body for pk, body in stripe_says.objects.items() if pk.startswith("price_")]
    assert len(made) == len(prices.PACKS) + len(prices.PLANS)


@pytest.mark.parametrize(("item", "mode"), [("pack-500", "payment"), ("plan-shop", "subscription")])
def test_stripe_takes_our_checkouts(stripe_says, account, item, mode):
    order = Order.objects.create(account=account, item=item)
    price = StripePrice.objects.create(id="price_1", item=item, amount=500, currency="usd")
    where = {"done": "https://packshot.test/a", "back": "https://packshot.test/b"}
    session = open_gateway().checkout(order, price, "cus_1", **where, trial=0)
    assert session.url
    sent = stripe_says.calls[-1][2]
    assert (sent["mode"], sent["automatic_tax"]) == (mode, {"enabled": "true"})
    assert ("invoice_creation" in sent) == (mode == "payment")
    # The same currencies for packs and plans, as the page says.
    assert sent.get("adaptive_pricing") == ({"enabled": "false"} if mode == "payment" else None)


def test_stripe_takes_a_plan_to_try(stripe_says, account):
    order = Order.objects.create(account=account, item="plan-shop")
    price = StripePrice.objects.create(id="price_1", item="plan-shop", amount=500, currency="usd")
    where = {"done": "https://packshot.test/a", "back": "https://packshot.test/b"}
    open_gateway().checkout(order, price, "cus_1", **where, trial=14)
    assert stripe_says.calls[-1][2]["subscription_data"] == {"trial_period_days": "14"}


def test_stripe_takes_everything_else_that_we_ask(shop):
    subscription, session = shop.subscription(), shop.session()
    charge = shop.charge(session)
    dispute = shop.dispute(charge, 5)
    gateway = open_gateway()
    assert gateway.customer(1, "alice@example.com") == gateway.customer(1, "alice@example.com")
    assert gateway.session(session["id"]).line_items.data[0].quantity == 1
    assert gateway.dispute(dispute["id"]).charge.customer == shop.customer.pk
    assert gateway.portal(shop.customer.pk, "https://packshot.test/account/")
    gateway.upgrade(subscription["id"], "price_2")
    gateway.downgrade(subscription["id"], "price_2")
    gateway.keep(subscription["id"])
    gateway.preview(subscription["id"], "price_2")
    refund = shop.refund(charge, 5)
    assert gateway.refund(refund["id"]).charge == charge["id"]
    assert [found.id for found in gateway.refunds(charge["id"])] == [refund["id"]]
    assert gateway.name == shop.TILL
    assert gateway.is_of_checkout(session["payment_intent"])
    assert not gateway.is_of_checkout("pi_other")
    assert list(gateway.invoices_of(subscription["id"])) == []
    shop.stripe.add("cus", id=shop.customer.pk)
    gateway.rename_customer(shop.customer.pk, "new@example.com")
    assert gateway.has_customer(shop.customer.pk)
    gateway.forget_customer(shop.customer.pk)
    assert not gateway.has_customer(shop.customer.pk)
    assert not gateway.has_customer("cus_nobody")
    note = shop.stripe.add("cn", customer=shop.customer.pk)
    assert gateway.credit_note(note["id"]).customer == shop.customer.pk
    warning = shop.stripe.add("issfr", charge=charge["id"])
    assert gateway.fraud_warning(warning["id"]).charge.id == charge["id"]
    still_open = shop.session(status="open", payment_status="unpaid")
    gateway.expire(still_open["id"])
    assert still_open["status"] == "expired"
    opened = shop.invoice(subscription, status="open")
    gateway.void(opened["id"])
    assert opened["status"] == "void"
    gateway.void(shop.invoice(subscription, status="draft")["id"])
    since = datetime.now(UTC) - timedelta(hours=1)
    assert len(list(gateway.sessions(since))) == 2
    assert list(gateway.invoices(since)) == []
    assert list(gateway.events(since, list(event_handlers.HANDLERS))) == []
    assert len(list(gateway.charges(since, since + timedelta(hours=2)))) == 1


def test_a_scheduled_plan_is_released_before_it_is_upgraded(shop):
    schedule = shop.stripe.add("sub_sched")
    subscription = shop.subscription(schedule=schedule["id"])
    open_gateway().upgrade(subscription["id"], "price_2")
    asked = [(method, template) for method, template, _ in shop.stripe.calls]
    assert ("post", "/v1/subscription_schedules/{schedule}/release") in asked


def test_a_top_up_is_invoiced_once_and_paid_off_session(shop):
    shop.stripe.add("pm", type="card")
    top_up = TopUp(id=uuid.uuid4(), account=shop.account, item="pack-500", amount=500)
    drafts = {open_gateway().draft_top_up(top_up, shop.customer.pk, "price_1") for _ in range(3)}
    assert len(drafts) == 1
    invoice = shop.stripe.objects[drafts.pop()]
    invoice.update(amount_due=500, status="draft")
    open_gateway().pay(invoice["id"], shop.customer.pk)
    assert invoice["status"] == "paid"


def test_a_declined_card_is_an_error_of_its_own(shop):
    with pytest.raises(stripe.CardError) as no_card:
        open_gateway().pay("in_1", shop.customer.pk)
    assert no_card.value.code == "no_card"
