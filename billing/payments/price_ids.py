"""Stripe price ids: which price at Stripe sells what, on the terms that it was made for."""

from django.db.models import Q

from billing.errors import NoPriceError
from billing.models import StripePrice
from billing.payments.connection import open_gateway
from billing.prices import Money, Pack, Plan


def price_of(item: Pack) -> StripePrice:
    """The price that sells the item today, made at Stripe when it is sold the first time."""
    till, cost = open_gateway(), item.cost
    terms = {
        "item": item.slug,
        "credits": item.credits,
        "amount": cost.amount,
        "currency": cost.currency,
    }
    known = StripePrice.objects.filter(**terms, till=till.name).first()
    if known is not None:
        return known
    made, _ = StripePrice.objects.update_or_create(
        id=till.price(item), defaults={**terms, "name": str(item.name), "till": till.name}
    )
    return made


def find_price(price_id: str) -> StripePrice:
    """Raises NoPriceError: no credits are given for what we never sold at this till."""
    ours = Q(till=open_gateway().name) | Q(till="")
    known = StripePrice.objects.filter(ours, pk=price_id).first()
    if known is None:
        raise NoPriceError(price_id)
    return known


def item_of(price_id: str) -> Pack:
    """What a price sells, as it was when it was made: whether or not it is on the list today."""
    known = find_price(price_id)
    kind = Plan if known.is_monthly else Pack
    return kind(
        slug=known.item,
        name=known.name,
        credits=known.credits,
        cost=Money(known.amount, known.currency),
    )
