"""Fulfilment: credits for money. Every way by which a payment may be heard of ends in `grant_paid`."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import stripe
from django.db import transaction

from billing import emails
from billing.credits import grants
from billing.errors import LostOrderError
from billing.models import Account, AutoTopUp, Order, Purchase, Source, TopUp
from billing.payments import customers, invoice_lines, price_ids, prorations, refunds
from billing.payments.connection import id_of, open_gateway
from billing.payments.invoice_lines import Rest, Sold

# Of a checkout that cost nothing: a promotion code took all of it.
SETTLED = ("paid", "no_payment_required")


@dataclass(frozen=True, kw_only=True)
class Paid:
    """A payment that Stripe has taken. `ref` is what it was for and makes it count once."""

    ref: str
    account: Account
    item: str
    name: str
    credits: int
    amount: int
    currency: str
    payment_intent: str
    source: Source
    # What it was worth, where more than the money counted.
    value: int | None = None
    expires: datetime | None = None
    subscription: str = ""
    price: str = ""


def grant_paid(paid: Paid) -> bool:
    """Grant what was paid for; False when it was granted before."""
    with transaction.atomic():
        bucket = grants.grant_credits(
            paid.account,
            paid.credits,
            paid.source,
            paid.ref,
            expires=paid.expires,
            reason=paid.name,
        )
        if bucket is not None:
            Purchase.objects.create(
                ref=paid.ref,
                account=paid.account,
                bucket=bucket,
                item=paid.item,
                credits=paid.credits,
                paid=paid.amount,
                value=paid.amount if paid.value is None else paid.value,
                currency=paid.currency,
                till=open_gateway().name,
                payment_intent=paid.payment_intent,
                subscription=paid.subscription,
                price=paid.price,
            )
    # After the commit: a refund heard of meanwhile has either seen the purchase, or is seen here.
    refunds.apply(paid.payment_intent)
    return bucket is not None


def fulfil_session(session_id: str) -> bool:
    """Grant what a checkout sold, when it is paid. A plan's months come by its invoices."""
    session = open_gateway().session(session_id)
    account, order = find_buyer(session)
    if order is not None:
        Order.objects.filter(pk=order.pk).update(session=session.id)
    if not is_settled(session):
        return False
    if order is not None:
        Order.objects.filter(pk=order.pk).update(state=Order.State.PAID)
    if session.mode != "payment":
        return False
    lines = list(session.line_items.auto_paging_iter()) if session.line_items else []
    sold = [(price_ids.item_of(id_of(line.price)), line.quantity or 0) for line in lines]
    if not sold:
        raise LostOrderError(session_id)
    return grant_paid(
        Paid(
            ref=purchase_reference(session.id),
            account=account,
            item=sold[0][0].slug,
            name=sold[0][0].name,
            credits=sum(item.credits * quantity for item, quantity in sold),
            amount=session.amount_total or 0,
            currency=session.currency or sold[0][0].cost.currency,
            payment_intent=id_of(session.payment_intent),
            source=Source.PURCHASE,
        )
    )


def is_settled(session: stripe.checkout.Session) -> bool:
    """Whether nothing more is to be paid for what it sells."""
    if session.payment_status == "no_payment_required":
        return session.status == "complete"
    return session.payment_status == "paid"


def purchase_reference(session_id: str) -> str:
    """What a checkout's purchase is known by."""
    return f"cs:{session_id}"


def find_buyer(session: stripe.checkout.Session) -> tuple[Account, Order | None]:
    """Who bought, by our order, or by our customer where another made the session.

    Raises ForeignEventError for a stranger's.
    """
    try:
        reference = UUID(session.client_reference_id or "")
    except ValueError:
        order = None
    else:
        order = Order.objects.select_related("account").filter(pk=reference).first()
    if order is not None:
        return order.account, order
    return customers.owner_of(id_of(session.customer), session.id), None


def session_over(session_id: str) -> None:
    """A transfer that did not come, or a page that nobody paid on."""
    session = open_gateway().session(session_id)
    _, order = find_buyer(session)
    if order is None or is_settled(session):
        return
    expired = session.status == "expired"
    state = Order.State.EXPIRED if expired else Order.State.FAILED
    waiting = Order.objects.filter(pk=order.pk, state=Order.State.OPEN)
    if waiting.update(state=state) == 1 and not expired:
        emails.payment_failed(order.account, order.name)


def fulfil_invoice(invoice_id: str) -> bool:
    """Grant what every line of a paid invoice sells: months of a plan, packs, an automatic top-up.

    A checkout's own invoice grants nothing: its session does.
    """
    invoice = open_gateway().invoice(invoice_id)
    account = customers.owner_of(id_of(invoice.customer), invoice_id)
    if invoice.status != "paid":
        return False
    intent = payment_intent(invoice)
    top_up = TopUp.objects.filter(invoice=invoice.id).first()
    if top_up is not None:
        return top_up_paid(invoice, account, top_up, intent)
    is_month = invoice.parent is not None and invoice.parent.subscription_details is not None
    if not is_month and intent and open_gateway().is_of_checkout(intent):
        return False
    lines = invoice_lines.read_lines(invoice)
    missing = count_missing(invoice, lines.rests)
    granted = [grant_paid(as_paid(one, account, invoice, intent, missing)) for one in lines.sold]
    prorations.count_in(lines.rests)
    return any(granted)


def count_missing(invoice: stripe.Invoice, rests: list[Rest]) -> int:
    """Of what is counted in, the money of months that we never granted, even after a look at the
    earlier invoices: what it would buy is not granted either.
    """
    lost = [rest for rest in rests if prorations.find_month(rest) is None]
    if lost:
        for earlier in list(open_gateway().invoices_of(lost[0].subscription)):
            if earlier.id != invoice.id and earlier.created <= invoice.created:
                fulfil_invoice(earlier.id)
    return sum(rest.amount for rest in lost if prorations.find_month(rest) is None)


def as_paid(
    sold: Sold, account: Account, invoice: stripe.Invoice, intent: str, missing: int
) -> Paid:
    covered = max(0, sold.value - missing)
    return Paid(
        ref=sold.ref,
        account=account,
        item=sold.item.slug,
        name=sold.item.name,
        credits=sold.credits * covered // sold.value if missing and sold.value else sold.credits,
        amount=sold.paid,
        value=covered if missing else sold.value,
        currency=invoice.currency,
        payment_intent=intent,
        source=sold.source,
        expires=sold.expires,
        subscription=sold.subscription,
        price=sold.price,
    )


def top_up_paid(invoice: stripe.Invoice, account: Account, top_up: TopUp, intent: str) -> bool:
    """On the terms that it was started on, whatever the list says today."""
    new = grant_paid(
        Paid(
            ref=f"in:{invoice.id}",
            account=account,
            item=top_up.item,
            name=top_up.name,
            credits=top_up.credits,
            amount=invoice.amount_paid,
            currency=invoice.currency,
            payment_intent=intent,
            source=Source.PURCHASE,
        )
    )
    # The month's limit counts what the card paid, with tax.
    TopUp.objects.filter(pk=top_up.pk).update(
        state=TopUp.State.PAID, amount=invoice.amount_paid, pay_url=""
    )
    AutoTopUp.objects.filter(account=account, stopped="asked").update(stopped="")
    return new


def payment_intent(invoice: stripe.Invoice) -> str:
    for payment in invoice.payments.data if invoice.payments else []:
        if found := id_of(payment.payment.payment_intent):
            return found
    return ""
