"""Bodies of the local till's objects, as Stripe writes them."""

from typing import Any

from django.urls import reverse

from billing.models import StripePrice
from billing.payments.local_objects import MONTH, Body, listed, new, now


def charge_body(customer: str, amount: int, currency: str) -> Body:
    return {
        "object": "charge",
        "customer": customer,
        "payment_intent": new("pi"),
        "amount": amount,
        "amount_refunded": 0,
        "currency": currency,
        "paid": True,
        "balance_transaction": None,
    }


def subscription_body(customer: str, price: str, status: str = "active") -> Body:
    item = {
        "id": new("si"),
        "price": {"id": price},
        "quantity": 1,
        "current_period_start": now(),
        "current_period_end": now() + MONTH,
    }
    return {
        "object": "subscription",
        "customer": customer,
        "status": status,
        "cancel_at_period_end": False,
        "cancel_at": None,
        "schedule": None,
        "pending_update": None,
        "latest_invoice": None,
        "items": listed(item),
    }


def line_body(price: str, subscription: str | None, **given: Any) -> Body:
    details = {"proration": False, "subscription": subscription}
    sold = StripePrice.objects.get(pk=price)
    return {
        "id": new("il"),
        "object": "line_item",
        "amount": sold.amount,
        "currency": sold.currency,
        "quantity": 1,
        "period": {"start": now(), "end": now() + MONTH},
        "pricing": {"price_details": {"price": price}},
        "parent": {"subscription_item_details": details if subscription else None},
        **given,
    }


def rest_of_month(subscription_id: str, subscription: Body) -> Body:
    """The line that counts in what is left of the month that is paid for."""
    item = subscription["items"]["data"][0]
    price, end = item["price"]["id"], item["current_period_end"]
    share = max(0, end - now()) / (end - item["current_period_start"])
    details = {"proration": True, "subscription": subscription_id}
    return line_body(
        price,
        subscription_id,
        amount=-round(StripePrice.objects.get(pk=price).amount * share),
        period={"start": now(), "end": end},
        parent={"subscription_item_details": details},
    )


def invoice_body(customer: str, subscription: str | None, reason: str, *lines: Body) -> Body:
    invoice = new("in")
    parent = {"subscription_details": {"subscription": subscription}} if subscription else None
    return {
        "id": invoice,
        "object": "invoice",
        "customer": customer,
        "status": "draft",
        "billing_reason": reason,
        "amount_paid": 0,
        "amount_due": max(0, sum(line["amount"] for line in lines)),
        "currency": lines[0]["currency"],
        "lines": listed(*lines),
        "payments": listed(),
        "parent": parent,
        "hosted_invoice_url": reverse("local-invoice", args=[invoice]),
    }
