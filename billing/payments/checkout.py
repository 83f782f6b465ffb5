"""Checkout: the order, the customer and the way to the payment page."""

from billing.models import Account, Customer, Order
from billing.payments import price_ids
from billing.payments.connection import open_gateway
from billing.prices import Pack


def begin_checkout(account: Account, email: str, item: Pack, *, done: str, back: str) -> str:
    """Order the item; the address of the checkout where it is paid."""
    price = price_ids.price_of(item)
    customer = customer_of(account, email)
    # Written before Stripe hears of it: whatever comes back can be told from a stranger's.
    order = Order.objects.create(account=account, item=item.slug)
    session = open_gateway().checkout(order, price, customer, done=done, back=back)
    Order.objects.filter(pk=order.pk).update(session=session.id)
    return session.url or back


def customer_of(account: Account, email: str) -> str:
    known = Customer.objects.filter(account=account).first()
    if known is None:
        made = open_gateway().customer(account.pk, email)
        known, _ = Customer.objects.get_or_create(account=account, defaults={"id": made})
    return known.pk
