"""Subscriptions: what Stripe says of an account's plan, and changing it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import stripe
from django.db.models import Q, QuerySet

from billing.errors import ForeignEventError, NoPriceError
from billing.models import Account, Customer, Subscription
from billing.payments import price_ids
from billing.payments.connection import id_of, open_gateway
from billing.payments.mirror import converge
from billing.prices import Money, Pack, Plan


def sync(subscription_id: str) -> None:
    """Write down what Stripe says of a subscription now; the order of events is of no matter."""

    def told() -> dict[str, Any]:
        found = open_gateway().subscription(subscription_id)
        customer = Customer.objects.filter(pk=id_of(found.customer)).first()
        if customer is None:
            raise ForeignEventError(subscription_id)
        item = found.items.data[0]
        return {
            "account_id": customer.account_id,
            "till": open_gateway().name,
            "status": found.status,
            "price": id_of(item.price),
            "period_end": datetime.fromtimestamp(item.current_period_end, UTC),
            "ends": bool(found.cancel_at_period_end or found.cancel_at),
            "next_name": find_booked(found, id_of(item.price)),
            "pay_url": find_pay_url(found),
            **terms_of(id_of(item.price)),
        }

    converge(Subscription, subscription_id, told)


def terms_of(price_id: str) -> dict[str, Any]:
    """What the plan was sold for; empty for a price that we never made."""
    sold = find_item(price_id)
    if sold is None:
        return {"item": "", "name": "", "amount": 0, "currency": ""}
    cost = sold.cost
    return {
        "item": sold.slug,
        "name": sold.name,
        "amount": cost.amount,
        "currency": cost.currency,
    }


def find_item(price_id: str) -> Pack | None:
    try:
        return price_ids.item_of(price_id)
    except NoPriceError:
        return None


def find_booked(found: stripe.Subscription, price: str) -> str:
    """The name of the plan that follows when the month ends, if it is another."""
    phases = getattr(found.schedule, "phases", None) or []
    booked = [id_of(item.price) for phase in phases[-1:] for item in phase["items"]]
    if not booked or booked[0] == price:
        return ""
    item = find_item(booked[0])
    return item.name if item else ""


def find_pay_url(found: stripe.Subscription) -> str:
    """Where a payment waits for the customer: of a change that is not paid yet, or of a month."""
    invoice = found.latest_invoice
    waits = found.pending_update is not None or found.status in ("past_due", "incomplete", "unpaid")
    if not waits or invoice is None or isinstance(invoice, str) or invoice.status != "open":
        return ""
    return invoice.hosted_invoice_url or ""


def here(account: Account) -> QuerySet[Subscription]:
    """The plans of the mode and account at Stripe that we speak with."""
    return account.subscriptions.filter(Q(till=open_gateway().name) | Q(till=""))


def current_subscription(account: Account) -> Subscription | None:
    """The plan that the account is on."""
    live = here(account).filter(status__in=Subscription.LIVE)
    return live.order_by("-period_end").first()


def is_on_plan(account: Account) -> bool:
    return here(account).filter(status__in=Subscription.OPEN).exists()


@dataclass(frozen=True)
class Change:
    """What changing to a plan does: at once for so much, or when the month ends."""

    plan: Plan
    at_once: bool
    due: Money | None = None
    # Of the month that is not over, what its credits are counted in for.
    rest: Money | None = None


def preview_change(subscription: Subscription, plan: Plan) -> Change:
    """What a change would cost now, as Stripe reckons it. Nothing has changed after it."""
    if not is_upgrade(subscription, plan):
        return Change(plan, at_once=False)
    invoice = open_gateway().preview(subscription.pk, price_ids.price_of(plan).pk)
    rest = -sum(min(0, line.amount) for line in invoice.lines.auto_paging_iter())
    return Change(
        plan,
        at_once=True,
        due=Money(invoice.amount_due, invoice.currency),
        rest=Money(rest, invoice.currency),
    )


def is_upgrade(subscription: Subscription, plan: Plan) -> bool:
    """By what was sold, which may not be on the list any more."""
    return plan.cost.amount > subscription.amount


def change_plan(subscription: Subscription, plan: Plan) -> bool:
    """Up at once, for the difference; down when the month ends. True when it is at once.

    What waits for the customer's word has its page in `pay_url` afterwards.
    """
    up = is_upgrade(subscription, plan)
    price = price_ids.price_of(plan).pk
    if up:
        open_gateway().upgrade(subscription.pk, price)
    elif price == subscription.price:
        open_gateway().keep(subscription.pk)
    else:
        open_gateway().downgrade(subscription.pk, price)
    sync(subscription.pk)
    return up


def keep_plan(subscription: Subscription) -> None:
    """Call off what was booked for the end of the month."""
    open_gateway().keep(subscription.pk)
    sync(subscription.pk)


def will_charge_again(account: Account) -> bool:
    """Whether a plan may yet charge the account: it goes on, or a payment of it is still open."""
    rows = account.subscriptions.filter(status__in=Subscription.OPEN)
    owed = Q(status__in=("past_due", "incomplete", "unpaid"))
    return rows.filter(Q(ends=False) | owed).exists()
