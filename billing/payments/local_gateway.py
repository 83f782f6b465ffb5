"""Local gateway: a test checkout on this machine. It speaks as Stripe does, and takes no money."""

from collections.abc import Iterator
from datetime import datetime

import stripe
from django.urls import reverse
from django.utils.crypto import salted_hmac

from billing.models import LocalStripeObject, Order, StripePrice, TopUp
from billing.payments import local_till
from billing.payments.local_bodies import invoice_body, line_body, rest_of_month
from billing.payments.local_objects import (
    Body,
    change_object,
    event_happened,
    get_object,
    has_object,
    listed,
    new,
    objects,
    put,
    tell_event,
)
from billing.payments.local_till import (
    cancel_subscription,
    pay_invoice,
    pay_session,
    refund_charge,
    renew_subscription,
)
from billing.prices import Pack

__all__ = [
    "LocalGateway",
    "cancel_subscription",
    "change_object",
    "event_happened",
    "get_object",
    "pay_invoice",
    "pay_session",
    "refund_charge",
    "renew_subscription",
]


class LocalGateway:
    livemode = False
    name = "local"

    @property
    def webhook_secret(self) -> str:
        return "whsec_" + salted_hmac("billing.till", "webhook", algorithm="sha256").hexdigest()

    def customer(self, account_id: int, email: str, again: int = 0) -> str:
        body = {"object": "customer", "email": email, "card": "works"}
        return put(f"cus_local_{account_id}" + (f"_{again}" if again else ""), body)

    def has_customer(self, customer: str) -> bool:
        return has_object(customer) and not get_object(customer).get("deleted")

    def rename_customer(self, customer: str, email: str) -> None:
        change_object(customer, email=email)

    def forget_customer(self, customer: str) -> None:
        change_object(customer, email=None, deleted=True)
        for body in bodies_of(customer, "sub_"):
            local_till.cancel_subscription(body["id"])
        tell_event("customer.deleted", customer)

    def price(self, item: Pack) -> str:
        return f"price_local_{item.slug}_{item.credits}_{item.cost.amount}"

    def checkout(
        self, order: Order, price: StripePrice, customer: str, *, done: str, back: str, trial: int
    ) -> stripe.checkout.Session:
        session_id = f"cs_local_{order.pk.hex}"
        body = {
            "object": "checkout.session",
            "mode": "subscription" if price.is_monthly else "payment",
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
            "trial": trial,
        }
        put(session_id, body)
        return self.session(session_id)

    def expire(self, session_id: str) -> None:
        if get_object(session_id)["status"] == "open":
            local_till.expire_session(session_id)

    def session(self, session_id: str) -> stripe.checkout.Session:
        return stripe.checkout.Session.construct_from(get_object(session_id), None)

    def is_of_checkout(self, payment_intent: str) -> bool:
        sessions = LocalStripeObject.objects.filter(pk__startswith="cs_")
        return sessions.filter(body__payment_intent=payment_intent).exists()

    def invoice(self, invoice_id: str) -> stripe.Invoice:
        return stripe.Invoice.construct_from(get_object(invoice_id), None)

    def subscription(self, subscription_id: str) -> stripe.Subscription:
        return stripe.Subscription.construct_from(get_object(subscription_id), None)

    def charge(self, charge_id: str) -> stripe.Charge:
        return stripe.Charge.construct_from(get_object(charge_id), None)

    def refund(self, refund_id: str) -> stripe.Refund:
        return stripe.Refund.construct_from(get_object(refund_id), None)

    def refunds(self, charge_id: str) -> Iterator[stripe.Refund]:
        found = LocalStripeObject.objects.filter(pk__startswith="re_", body__charge=charge_id)
        for body in found.values_list("body", flat=True):
            yield stripe.Refund.construct_from(body, None)

    def dispute(self, dispute_id: str) -> stripe.Dispute:
        body = get_object(dispute_id)
        return stripe.Dispute.construct_from({**body, "charge": get_object(body["charge"])}, None)

    def credit_note(self, note_id: str) -> stripe.CreditNote:
        return stripe.CreditNote.construct_from(get_object(note_id), None)

    def fraud_warning(self, warning_id: str) -> stripe.radar.EarlyFraudWarning:
        return stripe.radar.EarlyFraudWarning.construct_from(get_object(warning_id), None)

    def portal(self, customer: str, back: str) -> str:  # noqa: ARG002  our page knows its way back
        return reverse("local-billing-portal", args=[customer])

    def preview(self, subscription_id: str, price: str) -> stripe.Invoice:
        body = get_object(subscription_id)
        lines = rest_of_month(subscription_id, body), line_body(price, subscription_id)
        invoice = invoice_body(body["customer"], subscription_id, "upcoming", *lines)
        return stripe.Invoice.construct_from(invoice, None)

    def upgrade(self, subscription_id: str, price: str) -> None:
        subscription = get_object(subscription_id)
        same = subscription["items"]["data"][0]["price"]["id"] == price
        if not same and not subscription["pending_update"]:
            local_till.upgrade(subscription_id, price)

    def downgrade(self, subscription_id: str, price: str) -> None:
        schedule = {"id": new("sub_sched"), "phases": [{"items": [{"price": price}]}]}
        change_object(subscription_id, schedule=schedule)
        tell_event("customer.subscription.updated", subscription_id)

    def keep(self, subscription_id: str) -> None:
        change_object(subscription_id, schedule=None)
        tell_event("customer.subscription.updated", subscription_id)

    def draft_top_up(self, top_up: TopUp, customer: str, price: str) -> str:
        body = invoice_body(customer, None, "manual", line_body(price, None))
        name = f"in_local_{top_up.pk.hex}"
        return put(name, {**body, "id": name, "hosted_invoice_url": hosted(name)})

    def pay(self, invoice_id: str, customer: str) -> None:
        local_till.charge_card(invoice_id, customer)

    def void(self, invoice_id: str) -> None:
        change_object(invoice_id, status="void")

    def sessions(self, since: datetime) -> Iterator[stripe.checkout.Session]:
        for found in objects("cs_", since):
            yield stripe.checkout.Session.construct_from(found, None)

    def invoices(self, since: datetime) -> Iterator[stripe.Invoice]:
        for found in objects("in_", since):
            if found["status"] == "paid":
                yield stripe.Invoice.construct_from(found, None)

    def invoices_of(self, subscription_id: str) -> Iterator[stripe.Invoice]:
        at = "body__parent__subscription_details__subscription"
        mine = LocalStripeObject.objects.filter(pk__startswith="in_", **{at: subscription_id})
        for found in mine.filter(body__status="paid").values_list("body", flat=True):
            yield stripe.Invoice.construct_from(found, None)

    def events(self, since: datetime, types: list[str]) -> Iterator[stripe.Event]:
        for found in objects("evt_", since):
            if found["type"] in types:
                yield stripe.Event.construct_from(found, None)

    def charges(self, since: datetime, until: datetime) -> Iterator[stripe.Charge]:
        for found in objects("ch_", since):
            if found["created"] < until.timestamp():
                yield stripe.Charge.construct_from(found, None)


def hosted(invoice_id: str) -> str:
    return reverse("local-invoice", args=[invoice_id])


def bodies_of(customer: str, prefix: str) -> list[Body]:
    mine = LocalStripeObject.objects.filter(pk__startswith=prefix, body__customer=customer)
    return list(mine.order_by("-created").values_list("body", flat=True))
