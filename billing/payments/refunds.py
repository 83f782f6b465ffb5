"""Refunds and disputes: credits follow Stripe's totals, in any order and any number of times."""

import logging
from collections.abc import Callable
from typing import Any

import stripe
from django.db import transaction
from django.db.models import Sum

from billing.credits import grants
from billing.credits.postings import lock_account
from billing.errors import ForeignEventError, OtherCurrencyError
from billing.models import AutoTopUp, Customer, FraudWarning, Purchase, Reversal
from billing.payments.connection import id_of, open_gateway
from billing.payments.mirror import converge

log = logging.getLogger(__name__)

# A dispute that took no money, or gave it back.
HARMLESS = {"won", "warning_needs_response", "warning_under_review", "warning_closed", "prevented"}
# A refund whose money came home again.
UNDONE = {"failed", "canceled"}


def refunded(charge_id: str) -> None:
    """Take back the credits of what a charge has had refunded in all, but for what failed."""

    def told() -> dict[str, Any]:
        charge = open_gateway().charge(charge_id)
        check_ours(charge)
        each = list(open_gateway().refunds(charge_id))
        stand = sum(refund.amount for refund in each if refund.status not in UNDONE)
        return {
            "payment_intent": id_of(charge.payment_intent),
            "amount": stand if each else charge.amount_refunded,
            "currency": charge.currency,
        }

    follow(charge_id, told)


def refund_changed(refund_id: str) -> None:
    """One refund began, failed or was called off: its charge is looked at again."""
    charge = id_of(open_gateway().refund(refund_id).charge)
    if charge:
        refunded(charge)


def disputed(dispute_id: str) -> None:
    """Take back what a dispute withholds, until it is won."""

    def told() -> dict[str, Any]:
        dispute = open_gateway().dispute(dispute_id)
        check_ours(dispute.charge)
        return {
            "payment_intent": id_of(dispute.payment_intent),
            "amount": 0 if dispute.status in HARMLESS else dispute.amount,
            "currency": dispute.currency,
        }

    follow(dispute_id, told)


def credit_noted(note_id: str) -> None:
    """Money that went back otherwise than by a refund, which tells of itself: to the balance that
    the customer has at Stripe, or outside of it.
    """

    def told() -> dict[str, Any]:
        note = open_gateway().credit_note(note_id)
        if not Customer.objects.filter(pk=id_of(note.customer)).exists():
            raise ForeignEventError(note_id)
        refunds = sum(refund.amount_refunded for refund in note.refunds or [])
        invoice = open_gateway().invoice(id_of(note.invoice))
        payments = invoice.payments.data if invoice.payments else []
        intents = [id_of(payment.payment.payment_intent) for payment in payments]
        back = max(0, note.post_payment_amount - refunds)
        return {
            "payment_intent": next(filter(None, intents), ""),
            "amount": 0 if note.status == "void" else back,
            "currency": note.currency,
        }

    follow(note_id, told)


def fraud_warned(warning_id: str) -> None:
    """A bank says early that a payment was none of the card owner's: nothing more is charged to the
    card by itself, and a person is told.
    """
    warning = open_gateway().fraud_warning(warning_id)
    check_ours(warning.charge)
    customer = Customer.objects.get(pk=customer_of(warning.charge))
    FraudWarning.objects.get_or_create(
        id=warning_id,
        defaults={
            "account": customer.account,
            "payment_intent": id_of(warning.payment_intent),
            "kind": warning.fraud_type,
        },
    )
    wishes = AutoTopUp.objects.filter(account=customer.account).exclude(item="")
    wishes.update(stopped="fraud-warning")
    log.error("early fraud warning %s for account %s", warning_id, customer.account_id)


def customer_of(charge: stripe.Charge | str) -> str:
    """Whose charge it is: Stripe's word, or our own books where it no longer names them."""
    if isinstance(charge, str):
        charge = open_gateway().charge(charge)
    if named := id_of(charge.customer):
        return named
    intent = id_of(charge.payment_intent)
    bought = Purchase.objects.filter(payment_intent=intent) if intent else Purchase.objects.none()
    known = Customer.objects.filter(account__purchases__in=bought).order_by("-created").first()
    return known.pk if known else ""


def check_ours(charge: stripe.Charge | str) -> None:
    if not Customer.objects.filter(pk=customer_of(charge)).exists():
        raise ForeignEventError(id_of(charge))


def follow(pk: str, told: Callable[[], dict[str, Any]]) -> None:
    """Write down what Stripe says of money that went back, and take credits accordingly.

    Raises OtherCurrencyError for what cannot be reckoned: a person settles it by hand.
    """

    def checked() -> dict[str, Any]:
        said = told()
        sold = Purchase.objects.filter(payment_intent=said["payment_intent"])
        others = sold.exclude(currency=said["currency"]) if said["payment_intent"] else sold.none()
        return {**said, "parked": bool(said["amount"]) and others.exists()}

    converge(Reversal, pk, checked)
    written = Reversal.objects.get(pk=pk)
    apply(written.payment_intent)
    if written.parked:
        raise OtherCurrencyError(pk)


def apply(payment_intent: str) -> None:
    """Make what was taken of a payment's credits agree with what went back of its money."""
    if not payment_intent:
        return
    with transaction.atomic():
        sold = Purchase.objects.filter(payment_intent=payment_intent).order_by("ref")
        first = sold.first()
        if first is None:
            return
        lock_account(first.account_id)
        # Read under the lock: who comes later sees what we took.
        bought = list(sold.select_related("bucket"))
        for purchase in bought:
            settle(purchase, share_of(payment_intent, bought))


def settle_month(month: Purchase) -> None:
    """The same for a month that counts in for another, whether or not it had a payment."""
    with transaction.atomic():
        lock_account(month.account_id)
        fresh = Purchase.objects.select_related("bucket").get(pk=month.pk)
        same = list(Purchase.objects.filter(payment_intent=fresh.payment_intent))
        intent = fresh.payment_intent
        settle(fresh, share_of(intent, same) if intent else (0, 1))


def share_of(payment_intent: str, bought: list[Purchase]) -> tuple[int, int]:
    """What went back of a payment, and what it was worth with what else was counted in."""
    gone = Reversal.objects.filter(payment_intent=payment_intent, parked=False)
    back = gone.aggregate(total=Sum("amount"))["total"] or 0
    paid, worth = (sum(getattr(one, name) for one in bought) for name in ("paid", "value"))
    # All of the money back is all of the credits back that it bought beside the rest.
    return min(back, paid), max(paid, worth)


def settle(purchase: Purchase, share: tuple[int, int]) -> None:
    back, worth = share
    # In credits, not in cents; rounded against whoever took the money back.
    target = -(-purchase.credits * back // worth) if worth else 0
    counted_in = purchase.prorations.aggregate(total=Sum("credits"))["total"] or 0
    target = min(target + counted_in, purchase.credits)
    owed = target - purchase.taken
    if owed > 0:
        # What expired unused was never had: nobody owes it.
        owed = max(0, min(owed, target - purchase.bucket.expired - purchase.taken))
    if owed == 0:
        return
    if owed > 0:
        grants.take_back(purchase.bucket, owed, reason="refunded or disputed")
    else:
        restore(purchase, -owed)
    Purchase.objects.filter(pk=purchase.pk).update(
        taken=purchase.taken + owed, version=purchase.version + 1
    )


def restore(purchase: Purchase, amount: int) -> None:
    ref = f"restored:{purchase.ref}:{purchase.version}"
    why = "dispute won or refund failed"
    grants.restore_credits(purchase.bucket, amount, ref, reason=why)
