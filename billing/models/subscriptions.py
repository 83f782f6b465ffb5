"""Plans that accounts are on."""

from django.db import models

from billing.models.ledger import Account


class Subscription(models.Model):
    """A plan as Stripe last told it."""

    id = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="subscriptions")
    status = models.CharField(max_length=24)
    # Empty: a price that our list does not know.
    item = models.CharField(max_length=40, blank=True)
    period_end = models.DateTimeField(null=True)
    ends = models.BooleanField(default=False)
    version = models.PositiveBigIntegerField(default=1)

    LIVE = ("active", "trialing", "past_due")
