"""Fulfilment: credits for money. Every way by which a payment may be heard of ends in `grant_paid`."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import stripe
from django.db import transaction

from billing import prices
from billing.credits import grants
from billing.errors import ForeignEventError
from billing.models import Account, Customer, Order, Purchase, Source, TopUp
from billing.payments import price_ids, refunds
from billing.payments.connection import id_of, open_gateway
from billing.prices import Pack


@dataclass(frozen=True, kw_only=True)
class Paid:
    """A payment that Stripe has taken. `ref` is what it was for and makes it count once."""

    ref: str
    account: Account
    item: Pack
    credits: int
    amount: int
    currency: str
    payment_intent: str
    source: Source
    expires: datetime | None = None


def grant_paid(paid: Paid) -> bool:
    """Grant what was paid for; False when it was granted before."""
    with transaction.atomic():
        bucket = grants.grant_credits(
            paid.account,
            paid.credits,
            paid.source,
            paid.ref,
            expires=paid.expires,
            reason=paid.item.name,
        )
        if bucket is not None:
            Purchase.objects.create(
                ref=paid.ref,
                account=paid.account,
                bucket=bucket,
                item=paid.item.slug,
                credits=paid.credits,
                paid=paid.amount,
                currency=paid.currency,
                payment_intent=paid.payment_intent,
            )
    # After the commit: a refund heard of meanwhile has either seen the purchase, or is seen here.
    refunds.apply(paid.payment_intent)
    return bucket is not None


def fulfil_session(session_id: str) -> bool:
    """Grant what a checkout sold, when it is paid. A plan's months come by its invoices."""
    session = open_gateway().session(session_id)
    order = find_order(session)
    Order.objects.filter(pk=order.pk).update(session=session.id)
    if session.mode != "payment" or session.payment_status != "paid":
        return False
    lines = list(session.line_items.auto_paging_iter()) if session.line_items else []
    sold = [(price_ids.item_of(id_of(line.price)), line.quantity or 0) for line in lines]
    return grant_paid(
        Paid(
            ref=purchase_reference(session.id),
            account=order.account,
            item=sold[0][0],
            credits=sum(item.credits * quantity for item, quantity in sold),
            amount=session.amount_total or 0,
            currency=session.currency or prices.CURRENCY,
            payment_intent=id_of(session.payment_intent),
            source=Source.PURCHASE,
        )
    )


def purchase_reference(session_id: str) -> str:
    """What a checkout's purchase is known by."""
    return f"cs:{session_id}"


def find_order(session: stripe.checkout.Session) -> Order:
    try:
        reference = UUID(session.client_reference_id or "")
    except ValueError:
        raise ForeignEventError(session.id) from None
    order = Order.objects.select_related("account").filter(pk=reference).first()
    if order is None:
        raise ForeignEventError(session.id)
    return order


def fulfil_invoice(invoice_id: str) -> bool:
    """Grant the months that a paid invoice is for, or the pack of an automatic top-up.

    A checkout's own invoice grants nothing: its session does.
    """
    invoice = open_gateway().invoice(invoice_id)
    customer = Customer.objects.select_related("account").filter(pk=id_of(invoice.customer)).first()
    if customer is None:
        raise ForeignEventError(invoice_id)
    if invoice.status != "paid":
        return False
    top_up = TopUp.objects.filter(invoice=invoice.id).first()
    if top_up is not None:
        new = grant_paid(topped_up(invoice, customer.account, top_up))
        TopUp.objects.filter(pk=top_up.pk).update(state=TopUp.State.PAID)
        return new
    granted = [grant_paid(month) for month in months(invoice, customer.account)]
    return any(granted)


def topped_up(invoice: stripe.Invoice, account: Account, top_up: TopUp) -> Paid:
    item = prices.find_pack_or_plan(top_up.item)
    return Paid(
        ref=f"in:{invoice.id}",
        account=account,
        item=item,
        credits=item.credits,
        amount=invoice.amount_paid,
        currency=invoice.currency,
        payment_intent=payment_intent(invoice),
        source=Source.PURCHASE,
    )


def months(invoice: stripe.Invoice, account: Account) -> list[Paid]:
    """One for each line that sells a whole month: a proration grants none.

    Last month's rest lives a month longer than it, so that what rolls over is never more than
    one month's grant.
    """
    parent = invoice.parent and invoice.parent.subscription_details
    if not parent:
        return []
    whole = [line for line in invoice.lines.auto_paging_iter() if is_whole_month(line)]
    total = sum(line.amount for line in whole)
    sold = []
    for line in whole:
        price = price_id(line)
        start, end = (
            datetime.fromtimestamp(stamp, UTC) for stamp in (line.period.start, line.period.end)
        )
        item = price_ids.item_of(price)
        sold.append(
            Paid(
                ref=f"sub:{id_of(parent.subscription)}:{price}:{line.period.start}",
                account=account,
                item=item,
                credits=item.credits * (line.quantity or 0),
                amount=invoice.amount_paid * line.amount // total if total else 0,
                currency=invoice.currency,
                payment_intent=payment_intent(invoice),
                source=Source.SUBSCRIPTION,
                expires=end + (end - start),
            )
        )
    return sold


def is_whole_month(line: stripe.InvoiceLineItem) -> bool:
    details = line.parent.subscription_item_details if line.parent else None
    return details is not None and not details.proration and line.amount >= 0


def price_id(line: stripe.InvoiceLineItem) -> str:
    details = line.pricing and line.pricing.price_details
    return id_of(details.price) if details else ""


def payment_intent(invoice: stripe.Invoice) -> str:
    for payment in invoice.payments.data if invoice.payments else []:
        if found := id_of(payment.payment.payment_intent):
            return found
    return ""
