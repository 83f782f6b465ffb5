"""Lines of invoices: what each sells, and what it counts in of a month that was not over."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import stripe

from billing.limits import read_limits
from billing.models import Source
from billing.payments import price_ids
from billing.payments.connection import id_of
from billing.prices import Pack, Plan


@dataclass(frozen=True, kw_only=True)
class Sold:
    """What a line sells; `ref` makes it count once, whichever invoice tells of it."""

    ref: str
    item: Pack
    credits: int
    # Of the invoice's money, and what the line is worth by itself.
    paid: int
    value: int
    source: Source
    expires: datetime | None = None
    subscription: str = ""
    price: str = ""


@dataclass(frozen=True, kw_only=True)
class Rest:
    """So much of a month's price counted in, because it is not over."""

    line: str
    subscription: str
    price: str
    amount: int


@dataclass
class Lines:
    sold: list[Sold] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)


def read_lines(invoice: stripe.Invoice) -> Lines:
    """Every line, however many pages they fill.

    A proration grants no month. A month to try, which costs nothing by itself, grants what a trial
    comes with; one that a promotion code made free is a whole month.
    """
    found = Lines()
    lines = list(invoice.lines.auto_paging_iter())
    total = sum(line.amount for line in lines if is_sale(line))
    counted = -sum(line.amount for line in lines if is_rest(line))
    for line in lines:
        if is_sale(line):
            # The money is shared among the lines by what they are worth, and so is what counted.
            paid, worth = (
                money * line.amount // total if total else 0
                for money in (invoice.amount_paid, invoice.amount_paid + counted)
            )
            found.sold.extend(read_sale(line, subscription_of(line, invoice), paid, worth))
        elif is_rest(line) and (details := details_of(line)) is not None:
            rest = Rest(
                line=line.id,
                subscription=id_of(details.subscription),
                price=price_id(line),
                amount=-line.amount,
            )
            found.rests.append(rest)
    return found


def subscription_of(line: stripe.InvoiceLineItem, invoice: stripe.Invoice) -> str:
    """Whose month it is, where the line does not say so itself the invoice's; empty for none."""
    details = details_of(line)
    if details is not None:
        return id_of(details.subscription)
    of_invoice = invoice.parent and invoice.parent.subscription_details
    return id_of(of_invoice.subscription) if of_invoice else ""


def read_sale(line: stripe.InvoiceLineItem, subscription: str, paid: int, worth: int) -> list[Sold]:
    price, item = price_id(line), price_ids.item_of(price_id(line))
    start, end = (
        datetime.fromtimestamp(stamp, UTC) for stamp in (line.period.start, line.period.end)
    )
    quantity = line.quantity or 0
    if not isinstance(item, Plan) or not subscription:
        return [
            Sold(
                ref=f"il:{line.id}",
                item=item,
                credits=item.credits * quantity,
                paid=paid,
                value=worth,
                source=Source.PURCHASE,
            )
        ]
    is_trial = line.amount == 0 and item.cost.amount > 0
    granted = read_limits().trial_credits if is_trial else item.credits * quantity
    month = Sold(
        ref=f"sub:{subscription}:{price}:{line.period.start}",
        item=item,
        credits=granted,
        paid=paid,
        value=worth,
        source=Source.SUBSCRIPTION,
        # Last month's rest lives a month longer than it, so that what rolls over is never more
        # than one month's grant. What came with a trial ends with it.
        expires=end if is_trial else end + (end - start),
        subscription=subscription,
        price=price,
    )
    return [month] if granted else []


def is_rest(line: stripe.InvoiceLineItem) -> bool:
    """Whether it counts in what is left of a month."""
    details = details_of(line)
    return details is not None and details.proration and line.amount < 0


def is_sale(line: stripe.InvoiceLineItem) -> bool:
    """Whether it sells a whole month, or a pack."""
    details = details_of(line)
    is_part = details is not None and details.proration
    return bool(price_id(line)) and not is_part and line.amount >= 0 and not is_prorated(line)


def is_prorated(line: stripe.InvoiceLineItem) -> bool:
    by_hand = getattr(getattr(line, "parent", None), "invoice_item_details", None)
    return by_hand is not None and by_hand.proration


def details_of(
    line: stripe.InvoiceLineItem,
) -> stripe.InvoiceLineItem.Parent.SubscriptionItemDetails | None:
    parent = getattr(line, "parent", None)
    return getattr(parent, "subscription_item_details", None)


def price_id(line: stripe.InvoiceLineItem) -> str:
    details = line.pricing and line.pricing.price_details
    return id_of(details.price) if details else ""
