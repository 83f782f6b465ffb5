"""Stripe's names for our accounts and prices."""

from django.db import models

from billing.models.ledger import Account


class Customer(models.Model):
    """Stripe's name for an account. Written before anything is sold to it, so that an object of a
    customer who is not here is not ours."""

    id = models.CharField(max_length=64, primary_key=True)
    account = models.OneToOneField(Account, models.PROTECT, related_name="customer")


class StripePrice(models.Model):
    """A price at Stripe, and what on our list it sells. Kept when the list changes."""

    id = models.CharField(max_length=64, primary_key=True)
    item = models.CharField(max_length=40)
    amount = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "amount", "currency"], name="stripe_price_once")
        ]
