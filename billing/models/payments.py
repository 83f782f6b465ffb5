"""Orders, what was paid for them, and what was refunded or disputed."""

import uuid

from django.db import models
from django.db.models import F, Q

from billing.models.ledger import Account, Bucket


class Order(models.Model):
    """What an account went to the checkout for. Its id goes along as the client's reference."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="orders")
    item = models.CharField(max_length=40)
    session = models.CharField(max_length=128, blank=True)
    created = models.DateTimeField(auto_now_add=True)


class Purchase(models.Model):
    """What Stripe took for which credits."""

    # `cs:<session>`, `sub:<subscription>:<price>:<period start>` or `in:<invoice>`.
    ref = models.CharField(max_length=160, primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="purchases")
    bucket = models.OneToOneField(Bucket, models.PROTECT, related_name="purchase")
    item = models.CharField(max_length=40)
    credits = models.PositiveBigIntegerField()
    paid = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    payment_intent = models.CharField(max_length=64, blank=True, db_index=True)
    # Credits that refunds and disputes took back so far.
    taken = models.PositiveBigIntegerField(default=0)
    version = models.PositiveBigIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("credits")), name="purchase_taken_within_credits"
            )
        ]


class Reversal(models.Model):
    """How much of a payment went back, by one charge's refunds or one dispute; Stripe's total."""

    # The charge (its refunds) or the dispute.
    id = models.CharField(max_length=64, primary_key=True)
    payment_intent = models.CharField(max_length=64, db_index=True)
    amount = models.PositiveBigIntegerField()
    version = models.PositiveBigIntegerField(default=1)
