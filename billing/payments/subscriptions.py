"""Subscriptions: what Stripe says of an account's plan, and changing it."""

from datetime import UTC, datetime
from typing import Any

from billing import prices
from billing.errors import ForeignEventError, NoPriceError
from billing.models import Account, Customer, Subscription
from billing.payments import price_ids
from billing.payments.connection import id_of, open_gateway
from billing.payments.mirror import converge
from billing.prices import Plan


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
            "status": found.status,
            "item": slug_of(id_of(item.price)),
            "period_end": datetime.fromtimestamp(item.current_period_end, UTC),
            "ends": found.cancel_at_period_end,
        }

    converge(Subscription, subscription_id, told)


def slug_of(price_id: str) -> str:
    try:
        return price_ids.item_of(price_id).slug
    except NoPriceError:
        return ""


def current_subscription(account: Account) -> Subscription | None:
    """The plan that the account is on."""
    live = account.subscriptions.filter(status__in=Subscription.LIVE)
    return live.order_by("-period_end").first()


def change_plan(subscription: Subscription, plan: Plan) -> bool:
    """Up at once, for the difference; down when the month ends. True when it is at once."""
    listed = [each.slug for each in prices.PLANS]
    up = subscription.item not in listed or (
        listed.index(plan.slug) > listed.index(subscription.item)
    )
    price = price_ids.price_of(plan).pk
    if up:
        open_gateway().upgrade(subscription.pk, price)
    else:
        open_gateway().downgrade(subscription.pk, price)
    return up


def will_charge_again(account: Account) -> bool:
    """Whether a plan will charge the account again."""
    return account.subscriptions.filter(status__in=Subscription.LIVE, ends=False).exists()
