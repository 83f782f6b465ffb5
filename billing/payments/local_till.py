"""What happens at the test checkout: what is paid, renewed, ended, refunded and disputed there."""

from billing.payments.gateway import declined
from billing.payments.local_bodies import (
    charge_body,
    invoice_body,
    line_body,
    rest_of_month,
    subscription_body,
)
from billing.payments.local_objects import (
    change_object,
    get_object,
    listed,
    new,
    put,
    tell_event,
)


def pay_session(session_id: str, *, later: bool = False) -> None:
    """Pay at the checkout; `later` as by a bank transfer: completed now, paid with another call."""
    session = get_object(session_id)
    if session["payment_status"] == "paid" or session["status"] == "expired":
        return
    again = session["status"] == "complete"
    if later:
        change_object(session_id, status="complete")
        tell_event("checkout.session.completed", session_id)
        return
    customer = session["customer"]
    if session["mode"] == "subscription":
        price = session["line_items"]["data"][0]["price"]["id"]
        status = "trialing" if session.get("trial") else "active"
        subscription = put(new("sub"), subscription_body(customer, price, status))
        change_object(
            session_id, status="complete", payment_status="paid", subscription=subscription
        )
        tell_event("customer.subscription.created", subscription)
        start_month(subscription, price, "subscription_create", trial=bool(session.get("trial")))
    else:
        payment = charge_body(customer, session["amount_total"], session["currency"])
        put(new("ch"), payment)
        intent = payment["payment_intent"]
        change_object(session_id, status="complete", payment_status="paid", payment_intent=intent)
    kind = "async_payment_succeeded" if again else "completed"
    tell_event(f"checkout.session.{kind}", session_id)


def fail_session(session_id: str) -> None:
    """The transfer does not come."""
    tell_event("checkout.session.async_payment_failed", session_id)


def expire_session(session_id: str) -> None:
    change_object(session_id, status="expired")
    tell_event("checkout.session.expired", session_id)


def pay_invoice(invoice_id: str) -> None:
    """The money is there; what waited for it happens."""
    invoice = get_object(invoice_id)
    if invoice["status"] == "paid":
        return
    payment = charge_body(invoice["customer"], invoice["amount_due"], invoice["currency"])
    put(new("ch"), payment)
    paid = {"id": new("inpay"), "payment": {"payment_intent": payment["payment_intent"]}}
    change_object(
        invoice_id, status="paid", amount_paid=invoice["amount_due"], payments=listed(paid)
    )
    subscription = (invoice["parent"] or {}).get("subscription_details", {}).get("subscription")
    if subscription and get_object(subscription)["pending_update"]:
        begin_month(subscription, invoice["lines"]["data"][-1]["pricing"]["price_details"]["price"])
    tell_event("invoice.paid", invoice_id)


def charge_card(invoice_id: str, customer: str) -> None:
    """Without the customer. Raises stripe.CardError."""
    card = get_object(customer)["card"]
    if card == "works":
        pay_invoice(invoice_id)
        return
    change_object(invoice_id, status="open")
    if card == "asks":
        tell_event("invoice.payment_action_required", invoice_id)
        raise declined("Your bank asks you.", "invoice_payment_intent_requires_action")
    tell_event("invoice.payment_failed", invoice_id)
    raise declined("Your card was declined.", "card_declined")


def begin_month(subscription_id: str, price: str) -> None:
    """A month of that price begins now."""
    fresh = subscription_body(get_object(subscription_id)["customer"], price)
    change_object(
        subscription_id,
        items=fresh["items"],
        status="active",
        cancel_at_period_end=False,
        schedule=None,
        pending_update=None,
    )
    tell_event("customer.subscription.updated", subscription_id)


def start_month(subscription_id: str, price: str, reason: str, *, trial: bool = False) -> None:
    """Begin a paid month of that price now, or one to try."""
    customer = get_object(subscription_id)["customer"]
    given = {"amount": 0} if trial else {}
    if not trial:
        begin_month(subscription_id, price)
    line = line_body(price, subscription_id, **given)
    body = invoice_body(customer, subscription_id, reason, line)
    invoice = put(body["id"], body)
    change_object(subscription_id, latest_invoice=get_object(invoice))
    pay_invoice(invoice)


def upgrade(subscription_id: str, price: str) -> None:
    """A month of the price from now, with what is left of the old one counted in."""
    subscription = get_object(subscription_id)
    customer = subscription["customer"]
    lines = rest_of_month(subscription_id, subscription), line_body(price, subscription_id)
    body = invoice_body(customer, subscription_id, "subscription_update", *lines)
    invoice = put(body["id"], body)
    if get_object(customer)["card"] == "works":
        begin_month(subscription_id, price)
        pay_invoice(invoice)
        return
    waiting = {"expires_at": body["lines"]["data"][0]["period"]["end"]}
    opened = change_object(invoice, status="open")
    change_object(subscription_id, pending_update=waiting, latest_invoice=opened)
    asks = get_object(customer)["card"] == "asks"
    tell_event(f"invoice.payment_{'action_required' if asks else 'failed'}", invoice)
    tell_event("customer.subscription.updated", subscription_id)


def renew_subscription(subscription_id: str) -> None:
    """Let a month pass, in a moment: on the plan that was chosen for the next."""
    body = get_object(subscription_id)
    if body["cancel_at_period_end"]:
        cancel_subscription(subscription_id)
        return
    schedule = body["schedule"]
    price = body["items"]["data"][0]["price"]["id"]
    if schedule:
        price = schedule["phases"][-1]["items"][0]["price"]
    start_month(subscription_id, price, "subscription_cycle")


def end_subscription(subscription_id: str) -> None:
    """With the month that is paid for."""
    change_object(subscription_id, cancel_at_period_end=True)
    tell_event("customer.subscription.updated", subscription_id)


def cancel_subscription(subscription_id: str) -> None:
    change_object(subscription_id, status="canceled")
    tell_event("customer.subscription.deleted", subscription_id)


def refund_charge(charge_id: str) -> None:
    charge = get_object(charge_id)
    put(
        new("re"),
        {
            "object": "refund",
            "charge": charge_id,
            "amount": charge["amount"] - charge["amount_refunded"],
            "currency": charge["currency"],
            "status": "succeeded",
        },
    )
    change_object(charge_id, amount_refunded=charge["amount"])
    tell_event("charge.refunded", charge_id)


def dispute_charge(charge_id: str) -> None:
    """The card's owner says that it was not they."""
    charge = get_object(charge_id)
    dispute = put(
        new("dp"),
        {
            "object": "dispute",
            "charge": charge_id,
            "customer": charge["customer"],
            "payment_intent": charge["payment_intent"],
            "amount": charge["amount"],
            "currency": charge["currency"],
            "status": "needs_response",
        },
    )
    tell_event("charge.dispute.created", dispute)


def win_dispute(dispute_id: str) -> None:
    change_object(dispute_id, status="won")
    tell_event("charge.dispute.closed", dispute_id)
