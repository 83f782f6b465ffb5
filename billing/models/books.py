"""What each day took and gave back, and each audit of the ledger."""

from django.db import models


class MoneyDay(models.Model):
    """What we and Stripe say was taken on a day, by currency; they should say the same."""

    day = models.DateField()
    currency = models.CharField(max_length=3)
    ours = models.BigIntegerField()
    stripes = models.BigIntegerField()
    # What went back by refunds, as we followed it and as Stripe says.
    ours_back = models.BigIntegerField(default=0)
    stripes_back = models.BigIntegerField(default=0)
    # Stripe's own share.
    fees = models.BigIntegerField(default=0)
    # Sales that we know of and Stripe does not.
    unknown = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "currency"], name="money_day_once")]


class AuditRun(models.Model):
    """What the one query found, each night."""

    at = models.DateTimeField(auto_now_add=True)
    problems = models.PositiveIntegerField()
