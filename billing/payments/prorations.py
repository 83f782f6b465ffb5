"""Prorations: a month that is not over and counts in for the next gives its credits back by time."""

from collections.abc import Iterable

from billing.models import Proration, Purchase
from billing.payments import price_ids, refunds
from billing.payments.invoice_lines import Rest


def count_in(rests: Iterable[Rest]) -> None:
    """Take back of each month what its rest was counted in for; each line of an invoice once."""
    for rest in rests:
        month = find_month(rest)
        if month is None:
            continue
        sold = price_ids.find_price(rest.price)
        back = -(-sold.credits * rest.amount // sold.amount)
        Proration.objects.get_or_create(id=rest.line, defaults={"purchase": month, "credits": back})
        refunds.settle_month(month)


def find_month(rest: Rest) -> Purchase | None:
    """The month that an earlier invoice sold: the newest one of that plan and price, unless the line
    was counted in before.
    """
    known = Proration.objects.filter(pk=rest.line).select_related("purchase").first()
    if known is not None:
        return known.purchase
    months = Purchase.objects.filter(subscription=rest.subscription, price=rest.price)
    return months.order_by("-created").first()
