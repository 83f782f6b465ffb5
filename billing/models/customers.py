"""Stripe's names for our accounts and prices."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from billing.models.ledger import Account


class Customer(models.Model):
    """Stripe's name for an account. Written before anything is sold to it, and kept when Stripe
    deletes it, so that an object of a customer who is not here is not ours."""

    id = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="customers")
    # The mode and account at Stripe that it is from: `Gateway.name`. Empty: from before it was kept.
    till = models.CharField(max_length=80, blank=True)
    deleted = models.DateTimeField(null=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "till"],
                condition=Q(deleted=None),
                name="customer_one_at_a_till",
            )
        ]


class StripePrice(models.Model):
    """A price at Stripe, and what it sells: as it was on our list when it was made. Kept when the
    list changes, so that what was sold stays sold."""

    id = models.CharField(max_length=64, primary_key=True)
    item = models.CharField(max_length=40)
    name = models.CharField(max_length=60, blank=True)
    credits = models.PositiveBigIntegerField(default=0)
    amount = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    till = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "credits", "amount", "currency", "till"], name="stripe_price_once"
            )
        ]

    @property
    def is_monthly(self) -> bool:
        return self.item.startswith("plan-")
