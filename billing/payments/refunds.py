"""Refunds and disputes: credits follow Stripe's totals, in any order and any number of times."""

from typing import Any

import stripe
from django.db import transaction
from django.db.models import Sum

from billing.credits import grants
from billing.credits.postings import lock_account
from billing.errors import ForeignEventError
from billing.models import Customer, Purchase, Reversal
from billing.payments.connection import id_of, open_gateway
from billing.payments.mirror import converge

# A dispute that took no money, or gave it back.
HARMLESS = {"won", "warning_needs_response", "warning_under_review", "warning_closed", "prevented"}


def refunded(charge_id: str) -> None:
    """Take back the credits of what a charge has had refunded in all."""

    def told() -> dict[str, Any]:
        charge = open_gateway().charge(charge_id)
        check_ours(charge)
        return {
            "payment_intent": id_of(charge.payment_intent),
            "amount": charge.amount_refunded,
        }

    follow(charge_id, told)


def disputed(dispute_id: str) -> None:
    """Take back what a dispute withholds, until it is won."""

    def told() -> dict[str, Any]:
        dispute = open_gateway().dispute(dispute_id)
        check_ours(dispute.charge)
        return {
            "payment_intent": id_of(dispute.payment_intent),
            "amount": 0 if dispute.status in HARMLESS else dispute.amount,
        }

    follow(dispute_id, told)


def check_ours(charge: stripe.Charge | str) -> None:
    customer = "" if isinstance(charge, str) else id_of(charge.customer)
    if not Customer.objects.filter(pk=customer).exists():
        raise ForeignEventError(id_of(charge))


def follow(pk: str, told: Any) -> None:
    converge(Reversal, pk, told)
    apply(Reversal.objects.get(pk=pk).payment_intent)


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
        gone = Reversal.objects.filter(payment_intent=payment_intent)
        back = gone.aggregate(total=Sum("amount"))["total"] or 0
        # Read under the lock: who comes later sees what we took.
        bought = list(sold.select_related("bucket"))
        paid = sum(purchase.paid for purchase in bought)
        for purchase in bought:
            settle(purchase, min(back, paid), paid)


def settle(purchase: Purchase, back: int, paid: int) -> None:
    # In credits, not in cents; rounded against whoever took the money back.
    target = -(-purchase.credits * back // paid) if paid else 0
    owed = target - purchase.taken
    if owed == 0:
        return
    if owed > 0:
        grants.take_back(purchase.bucket, owed, reason="refunded or disputed")
    else:
        ref = f"restored:{purchase.ref}:{purchase.version}"
        grants.restore_credits(purchase.bucket, -owed, ref, reason="dispute won or refund failed")
    Purchase.objects.filter(pk=purchase.pk).update(taken=target, version=purchase.version + 1)
