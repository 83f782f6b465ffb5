import json
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import User, Visitor
from billing import audit, local_webhooks, prices, webhooks
from billing.accounts import payers
from billing.credits import grants
from billing.models import Account, Customer, Order, Source, StripePrice
from billing.payments import connection, event_handlers, inbox
from billing.payments.stripe_gateway import StripeGateway
from tests.billing import stripe_double

WORKERS = 16


@pytest.fixture(autouse=True)
def books_are_sound(db):
    """After every test, whatever it did, the one query finds nothing."""
    yield
    assert audit.find_problems() == []


class Clock:
    """The time, which passes only when told to."""

    def __init__(self):
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self):
        return self.now

    def passes(self, **time):
        self.now += timedelta(**time)


@pytest.fixture
def clock(monkeypatch):
    frozen = Clock()
    monkeypatch.setattr(timezone, "now", frozen)
    return frozen


@pytest.fixture
def alice():
    return User.objects.create_user("alice@example.com")


@pytest.fixture
def visitor():
    return Visitor.objects.create()


@pytest.fixture
def account(alice):
    return payers.user_account(alice)


@pytest.fixture
def give(account):
    """Give the account credits."""

    def give(amount, source=Source.ADJUST, to=account, **more):
        return grants.grant_credits(to, amount, source, f"test:{uuid.uuid4()}", **more)

    return give


@pytest.fixture
def now_at():
    """Read an account again: (available, held, debt)."""

    def now_at(account):
        found = Account.objects.get(pk=account.pk)
        return found.available, found.held, found.debt

    return now_at


@pytest.fixture
def together():
    """Run a function in threads that all begin at once; what each answered, in order."""

    def together(run, workers=WORKERS):
        gate = threading.Barrier(workers)

        def worker(index):
            try:
                gate.wait()
                return run(index)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(worker, range(workers)))

    return together


class Shop:
    """Stripe as this account meets it: what it buys, and the events that follow."""

    SECRET = "whsec_test"
    TILL = "test acct_1"

    def __init__(self, behind, account):
        self.stripe = behind
        self.account = account
        self.customer = Customer.objects.create(
            id=f"cus_{uuid.uuid4().hex}", account=account, till=self.TILL
        )

    def price(self, item):
        listed = StripePrice.objects.filter(item=item).first()
        if listed is not None:
            return listed
        sold = prices.find_pack_or_plan(item)
        return StripePrice.objects.create(
            id=f"price_{item}",
            item=item,
            name=str(sold.name),
            credits=sold.credits,
            amount=sold.cost.amount,
            currency="usd",
            till=self.TILL,
        )

    def session(self, item="pack-500", quantity=1, **given):
        """A checkout of a pack that was paid."""
        cost = self.price(item).amount * quantity
        order = Order.objects.create(account=self.account, item=item, till=self.TILL)
        line = {"id": "li_1", "object": "item", "quantity": quantity}
        line["price"] = {"id": self.price(item).pk, "object": "price"}
        paid = {
            "mode": "payment",
            "status": "complete",
            "payment_status": "paid",
            "client_reference_id": str(order.pk),
            "customer": self.customer.pk,
            "amount_total": cost,
            "currency": "usd",
            "payment_intent": f"pi_{uuid.uuid4().hex}",
            "line_items": stripe_double.as_list(line),
        }
        return self.stripe.add("cs", **{**paid, **given})

    def subscription(self, plan="plan-seller", status="active", **given):
        now = int(timezone.now().timestamp())
        item = {"id": "si_1", "object": "subscription_item", "price": {"id": self.price(plan).pk}}
        item |= {"quantity": 1, "current_period_start": now, "current_period_end": now + 30 * 86400}
        items = stripe_double.as_list(item)
        fields = {"customer": self.customer.pk, "status": status, "items": items}
        return self.stripe.add("sub", **{**fields, **given})

    def line(self, plan="plan-seller", start=0, *, proration=False, amount=None):
        start = int(timezone.now().timestamp()) + start
        details = {"proration": proration, "subscription": "sub_1", "subscription_item": "si_1"}
        return {
            "id": f"il_{uuid.uuid4().hex}",
            "object": "line_item",
            "amount": self.price(plan).amount if amount is None else amount,
            "currency": "usd",
            "quantity": 1,
            "period": {"start": start, "end": start + 30 * 86400},
            "pricing": {"price_details": {"price": self.price(plan).pk}},
            "parent": {"subscription_item_details": details},
        }

    def invoice(self, subscription, *lines, **given):
        lines = lines or [self.line()]
        intent = {"payment": {"payment_intent": f"pi_{uuid.uuid4().hex}"}}
        fields = {
            "customer": self.customer.pk,
            "status": "paid",
            "billing_reason": "subscription_cycle",
            "amount_paid": sum(line["amount"] for line in lines),
            "currency": "usd",
            "lines": stripe_double.as_list(*lines),
            "payments": stripe_double.as_list(intent),
            "parent": {"subscription_details": {"subscription": subscription["id"]}},
        }
        return self.stripe.add("in", **{**fields, **given})

    def charge(self, session, refunded=0, **given):
        fields = {
            "customer": self.customer.pk,
            "payment_intent": session["payment_intent"],
            "amount": session["amount_total"],
            "amount_refunded": refunded,
            "currency": "usd",
            "paid": True,
        }
        return self.stripe.add("ch", **{**fields, **given})

    def refund(self, charge, amount, status="succeeded"):
        fields = {"charge": charge["id"], "currency": charge["currency"]}
        return self.stripe.add("re", amount=amount, status=status, **fields)

    def dispute(self, charge, amount, status="needs_response", currency="usd"):
        fields = {"charge": charge["id"], "payment_intent": charge["payment_intent"]}
        fields["currency"] = currency
        return self.stripe.add("dp", amount=amount, status=status, **fields)

    def post(self, event):
        """Through the door, signed."""
        raw = json.dumps(event).encode()
        # The SDK looks at the real clock for how old a signature is.
        return webhooks.receive_event(raw, local_webhooks.sign(raw, self.SECRET, int(time.time())))

    def tell(self, kind, body, **given):
        """An event arrives and is worked on, as the task would."""
        event = self.stripe.event(kind, body, **given)
        self.post(event)
        return event_handlers.handle_event(event["id"])


@pytest.fixture
def stripe_says(settings, monkeypatch):
    """Stripe, offline, behind our own gateway to it."""
    settings.STRIPE_SECRET_KEY = "sk_test_packshot"
    settings.STRIPE_WEBHOOK_SECRET = Shop.SECRET
    behind = stripe_double.Stripe()
    live = StripeGateway("sk_test_packshot", Shop.SECRET, stripe_double.Contract(behind))
    monkeypatch.setattr(connection, "connected", lambda key, secret: live)
    monkeypatch.setattr(inbox, "send_on_commit", lambda task, event_id: None)
    return behind


@pytest.fixture
def shop(stripe_says, account):
    return Shop(stripe_says, account)
