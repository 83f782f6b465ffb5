"""Local gateway: a test checkout on this machine. It speaks as Stripe does, and takes no money."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import stripe
from django.db import transaction
from django.dispatch import Signal
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from billing.models import LocalStripeObject, Order, StripePrice, TopUp
from billing.payments.gateway import API_VERSION, declined
from billing.prices import CURRENCY, Pack

MONTH = 30 * 24 * 3600
Body = dict[str, Any]

# An event happened at the checkout: sent with `event`, a body such as Stripe posts.
event_happened = Signal()


class LocalGateway:
    livemode = False

    @property
    def webhook_secret(self) -> str:
        return "whsec_" + salted_hmac("billing.till", "webhook", algorithm="sha256").hexdigest()

    def customer(self, account_id: int, email: str) -> str:
        body = {"object": "customer", "email": email, "card": "works"}
        return put(f"cus_local_{account_id}", body)

    def price(self, item: Pack) -> str:
        return f"price_local_{item.slug}_{item.cost.amount}"

    def checkout(
        self, order: Order, price: StripePrice, customer: str, *, done: str, back: str
    ) -> stripe.checkout.Session:
        session_id = f"cs_local_{order.pk.hex}"
        body = {
            "object": "checkout.session",
            "mode": "subscription" if order.item.startswith("plan-") else "payment",
            "status": "open",
            "payment_status": "unpaid",
            "client_reference_id": str(order.pk),
            "customer": customer,
            "amount_total": price.amount,
            "currency": price.currency,
            "payment_intent": None,
            "subscription": None,
            "line_items": listed({"id": new("li"), "quantity": 1, "price": {"id": price.pk}}),
            "url": reverse("local-checkout", args=[session_id]),
            "success_url": done.replace("{CHECKOUT_SESSION_ID}", session_id),
            "cancel_url": back,
        }
        put(session_id, body)
        return self.session(session_id)

    def session(self, session_id: str) -> stripe.checkout.Session:
        return stripe.checkout.Session.construct_from(get_object(session_id), None)

    def invoice(self, invoice_id: str) -> stripe.Invoice:
        return stripe.Invoice.construct_from(get_object(invoice_id), None)

    def subscription(self, subscription_id: str) -> stripe.Subscription:
        return stripe.Subscription.construct_from(get_object(subscription_id), None)

    def charge(self, charge_id: str) -> stripe.Charge:
        return stripe.Charge.construct_from(get_object(charge_id), None)

    def dispute(self, dispute_id: str) -> stripe.Dispute:
        return stripe.Dispute.construct_from(get_object(dispute_id), None)

    def portal(self, customer: str, back: str) -> str:  # noqa: ARG002  our page knows its way back
        return reverse("local-billing-portal", args=[customer])

    def upgrade(self, subscription_id: str, price: str) -> None:
        start_month(subscription_id, price, "subscription_update")

    def downgrade(self, subscription_id: str, price: str) -> None:
        change_object(subscription_id, next_price=price)
        tell_event("customer.subscription.updated", subscription_id)

    def draft_top_up(self, top_up: TopUp, customer: str, price: str) -> str:
        return put(f"in_local_{top_up.pk.hex}", invoice_body(customer, price, None, "manual"))

    def pay(self, invoice_id: str, customer: str) -> None:
        if get_object(customer)["card"] != "works":
            tell_event("invoice.payment_failed", invoice_id)
            raise declined("Your card was declined.", "card_declined")
        pay_invoice(invoice_id)

    def sessions(self, since: datetime) -> Iterator[stripe.checkout.Session]:
        for found in objects("cs_", since):
            yield stripe.checkout.Session.construct_from(found, None)

    def invoices(self, since: datetime) -> Iterator[stripe.Invoice]:
        for found in objects("in_", since):
            if found["status"] == "paid":
                yield stripe.Invoice.construct_from(found, None)

    def events(self, since: datetime, types: list[str]) -> Iterator[stripe.Event]:
        for found in objects("evt_", since):
            if found["type"] in types:
                yield stripe.Event.construct_from(found, None)

    def charges(self, since: datetime, until: datetime) -> Iterator[stripe.Charge]:
        for found in objects("ch_", since):
            if found["created"] < until.timestamp():
                yield stripe.Charge.construct_from(found, None)


def new(kind: str) -> str:
    return f"{kind}_local_{uuid4().hex}"


def listed(*data: Body) -> Body:
    return {"object": "list", "data": list(data), "has_more": False, "url": "/"}


def put(pk: str, body: Body) -> str:
    body = {"id": pk, "created": int(timezone.now().timestamp()), "livemode": False, **body}
    LocalStripeObject.objects.get_or_create(pk=pk, defaults={"body": body})
    return pk


def get_object(pk: str) -> Body:
    found = LocalStripeObject.objects.filter(pk=pk).first()
    if found is None:
        raise LookupError(f"there is no {pk} at the checkout")
    body: Body = found.body
    return body


def change_object(pk: str, **fields: Any) -> Body:
    with transaction.atomic():
        # Written first, so that two changes do not lose one another.
        LocalStripeObject.objects.filter(pk=pk).update(id=pk)
        body = {**get_object(pk), **fields}
        LocalStripeObject.objects.filter(pk=pk).update(body=body)
    return body


def objects(prefix: str, since: datetime) -> list[Body]:
    found = LocalStripeObject.objects.filter(pk__startswith=prefix, created__gte=since)
    return list(found.order_by("created").values_list("body", flat=True))


def tell_event(kind: str, pk: str) -> None:
    event = new("evt")
    put(
        event,
        {
            "object": "event",
            "type": kind,
            "api_version": API_VERSION,
            "pending_webhooks": 1,
            "request": None,
            "data": {"object": get_object(pk)},
        },
    )
    event_happened.send(sender=LocalGateway, event=get_object(event))


def pay_session(session_id: str, *, later: bool = False) -> None:
    """Pay at the checkout; `later` as by a bank transfer: completed now, paid with another call."""
    session = get_object(session_id)
    if session["payment_status"] == "paid":
        return
    again = session["status"] == "complete"
    if later:
        change_object(session_id, status="complete")
        tell_event("checkout.session.completed", session_id)
        return
    customer = session["customer"]
    if session["mode"] == "subscription":
        price = session["line_items"]["data"][0]["price"]["id"]
        subscription = put(new("sub"), subscription_body(customer, price))
        change_object(
            session_id, status="complete", payment_status="paid", subscription=subscription
        )
        tell_event("customer.subscription.created", subscription)
        start_month(subscription, price, "subscription_create")
    else:
        payment = charge_body(customer, session["amount_total"], session["currency"])
        put(new("ch"), payment)
        intent = payment["payment_intent"]
        change_object(session_id, status="complete", payment_status="paid", payment_intent=intent)
    kind = "async_payment_succeeded" if again else "completed"
    tell_event(f"checkout.session.{kind}", session_id)


def charge_body(customer: str, amount: int, currency: str) -> Body:
    return {
        "object": "charge",
        "customer": customer,
        "payment_intent": new("pi"),
        "amount": amount,
        "amount_refunded": 0,
        "currency": currency,
        "paid": True,
    }


def subscription_body(customer: str, price: str) -> Body:
    now = int(timezone.now().timestamp())
    item = {
        "id": new("si"),
        "price": {"id": price},
        "current_period_start": now,
        "current_period_end": now + MONTH,
    }
    return {
        "object": "subscription",
        "customer": customer,
        "status": "active",
        "cancel_at_period_end": False,
        "schedule": None,
        "items": listed(item),
    }


def invoice_body(customer: str, price: str, subscription: str | None, reason: str) -> Body:
    now = int(timezone.now().timestamp())
    sold = StripePrice.objects.get(pk=price)
    details = {"proration": False, "subscription": subscription}
    line = {
        "id": new("il"),
        "object": "line_item",
        "amount": sold.amount,
        "currency": CURRENCY,
        "quantity": 1,
        "period": {"start": now, "end": now + MONTH},
        "pricing": {"price_details": {"price": price}},
        "parent": {"subscription_item_details": details if subscription else None},
    }
    return {
        "object": "invoice",
        "customer": customer,
        "status": "draft",
        "billing_reason": reason,
        "amount_paid": 0,
        "amount_due": sold.amount,
        "currency": CURRENCY,
        "lines": listed(line),
        "payments": listed(),
        "parent": {"subscription_details": {"subscription": subscription}}
        if subscription
        else None,
    }


def pay_invoice(invoice_id: str) -> None:
    invoice = get_object(invoice_id)
    payment = charge_body(invoice["customer"], invoice["amount_due"], invoice["currency"])
    put(new("ch"), payment)
    paid = {"id": new("inpay"), "payment": {"payment_intent": payment["payment_intent"]}}
    change_object(
        invoice_id, status="paid", amount_paid=invoice["amount_due"], payments=listed(paid)
    )
    tell_event("invoice.paid", invoice_id)


def start_month(subscription_id: str, price: str, reason: str) -> None:
    """Begin a paid month of that price now."""
    body = get_object(subscription_id)
    fresh = subscription_body(body["customer"], price)
    change_object(subscription_id, items=fresh["items"], status="active", next_price=None)
    tell_event("customer.subscription.updated", subscription_id)
    invoice = put(new("in"), invoice_body(body["customer"], price, subscription_id, reason))
    pay_invoice(invoice)


def renew_subscription(subscription_id: str) -> None:
    """Let a month pass, in a moment: on the plan that was chosen for the next."""
    body = get_object(subscription_id)
    price = body.get("next_price") or body["items"]["data"][0]["price"]["id"]
    start_month(subscription_id, price, "subscription_cycle")


def cancel_subscription(subscription_id: str) -> None:
    change_object(subscription_id, status="canceled")
    tell_event("customer.subscription.deleted", subscription_id)


def refund_charge(charge_id: str) -> None:
    change_object(charge_id, amount_refunded=get_object(charge_id)["amount"])
    tell_event("charge.refunded", charge_id)
