"""Checkout: the order, the customer and the way to the payment page."""

import stripe
from django.db.models import QuerySet

from billing.errors import HasPlanError
from billing.limits import read_limits
from billing.models import Account, Order
from billing.payments import customers, price_ids, subscriptions
from billing.payments.connection import open_gateway
from billing.prices import Pack, Plan


def begin_checkout(account: Account, email: str, item: Pack, *, done: str, back: str) -> str:
    """Order the item; the address of the till where it is paid.

    Raises HasPlanError for a second plan: who is on one changes it instead.
    """
    if isinstance(item, Plan):
        check_no_plan(account)
    price = price_ids.price_of(item)
    customer = customers.customer_of(account, email)
    # Written before Stripe hears of it: whatever comes back can be told from a stranger's.
    order = Order.objects.create(
        account=account,
        item=item.slug,
        name=str(item.name),
        credits=item.credits,
        amount=item.cost.amount,
        currency=item.cost.currency,
        till=open_gateway().name,
    )
    session = open_gateway().checkout(
        order, price, customer, done=done, back=back, trial=trial_of(account, item)
    )
    Order.objects.filter(pk=order.pk).update(session=session.id)
    return session.url or back


def trial_of(account: Account, item: Pack) -> int:
    """Days to try a plan for nothing: who was never on one."""
    first = isinstance(item, Plan) and not account.subscriptions.exists()
    return read_limits().trial_days if first else 0


def check_no_plan(account: Account) -> None:
    """Raises HasPlanError when the account is on a plan, or has just paid for one. Payment pages of
    plans that are open in other tabs are closed: only one of them is ever paid.
    """
    for order in open_orders(account).filter(item__startswith="plan-"):
        if not expire_order(order):
            raise HasPlanError
    if subscriptions.is_on_plan(account):
        raise HasPlanError


def open_orders(account: Account) -> QuerySet[Order]:
    here = account.orders.filter(till=open_gateway().name, state=Order.State.OPEN)
    return here.exclude(session="")


def expire_order(order: Order) -> bool:
    """Close the order's payment page; False when it was paid already."""
    try:
        open_gateway().expire(order.session)
    except stripe.InvalidRequestError:
        # It is over: paid, or expired before.
        session = open_gateway().session(order.session)
        if session.status == "complete":
            return False
    Order.objects.filter(pk=order.pk, state=Order.State.OPEN).update(state=Order.State.EXPIRED)
    return True
