"""Plans that accounts are on."""

from django.db import models

from billing.models.ledger import Account


class Subscription(models.Model):
    """A plan as Stripe last told it, on the terms that it was sold on."""

    id = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="subscriptions")
    till = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=24)
    # Empty: a price that we never made.
    item = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=60, blank=True)
    price = models.CharField(max_length=64, blank=True)
    amount = models.PositiveBigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    period_end = models.DateTimeField(null=True)
    ends = models.BooleanField(default=False)
    # What was booked for when the month ends.
    next_name = models.CharField(max_length=60, blank=True)
    # Stripe's page where a payment waits for its owner's word, or for a card that works.
    pay_url = models.CharField(max_length=500, blank=True)
    version = models.PositiveBigIntegerField(default=1)

    LIVE = ("active", "trialing", "past_due")
    # What may yet take money, besides.
    OPEN = (*LIVE, "incomplete", "unpaid", "paused")
