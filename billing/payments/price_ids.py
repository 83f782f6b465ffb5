"""Stripe price ids: which price at Stripe sells which item of our list."""

from billing import prices
from billing.errors import NoPriceError
from billing.models import StripePrice
from billing.payments.connection import open_gateway
from billing.prices import Pack


def price_of(item: Pack) -> StripePrice:
    """The price that sells the item today, made at Stripe when it is sold the first time."""
    cost = item.cost
    known = StripePrice.objects.filter(
        item=item.slug, amount=cost.amount, currency=cost.currency
    ).first()
    if known is not None:
        return known
    made, _ = StripePrice.objects.get_or_create(
        id=open_gateway().price(item),
        defaults={"item": item.slug, "amount": cost.amount, "currency": cost.currency},
    )
    return made


def item_of(price_id: str) -> Pack:
    """What a price sells. Raises NoPriceError: no credits are given for what we do not list."""
    known = StripePrice.objects.filter(pk=price_id).first()
    if known is None:
        raise NoPriceError(price_id)
    return prices.find_pack_or_plan(known.item)
