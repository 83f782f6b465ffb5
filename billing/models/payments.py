"""Orders, what was paid for them, and what was refunded or disputed."""

import uuid

from django.db import models
from django.db.models import F, Q

from billing.models.ledger import Account, Bucket


class Order(models.Model):
    """What an account went to the till for, as the buyer saw it. Its id goes along as the client's
    reference."""

    class State(models.TextChoices):
        OPEN = "open"
        PAID = "paid"
        FAILED = "failed"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="orders")
    item = models.CharField(max_length=40)
    name = models.CharField(max_length=60, blank=True)
    credits = models.PositiveBigIntegerField(default=0)
    amount = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    till = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
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
    # What it was worth: more than was paid, where a rest of another month was counted in.
    value = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    till = models.CharField(max_length=80, blank=True)
    payment_intent = models.CharField(max_length=64, blank=True, db_index=True)
    # Of a month: its plan's name at Stripe and its price.
    subscription = models.CharField(max_length=64, blank=True, db_index=True)
    price = models.CharField(max_length=64, blank=True)
    # Credits that refunds, disputes and changes of the plan took back so far.
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
    currency = models.CharField(max_length=3, blank=True)
    # In another currency than was paid: nothing follows from it until a person has looked.
    parked = models.BooleanField(default=False)
    version = models.PositiveBigIntegerField(default=1)


class Proration(models.Model):
    """What a later invoice counted in of a month that was not over, line by line of the invoice."""

    id = models.CharField(max_length=64, primary_key=True)
    purchase = models.ForeignKey(Purchase, models.PROTECT, related_name="prorations")
    credits = models.PositiveBigIntegerField()
    created = models.DateTimeField(auto_now_add=True)


class FraudWarning(models.Model):
    """A bank says early that a card's owner does not know of a payment."""

    id = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="fraud_warnings")
    payment_intent = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=80)
    created = models.DateTimeField(auto_now_add=True)
