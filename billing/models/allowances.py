"""Today's free credits: what was spent of them, and how much of each share that makes."""

from django.db import models
from django.db.models import F


class Allowance(models.Model):
    """How many free credits an address, a network, or everybody together has spent on a day.

    `scope` is a keyed hash of the address or network, good for that day only, or "everybody".
    """

    day = models.DateField()
    scope = models.CharField(max_length=64)
    given = models.PositiveBigIntegerField(default=0)
    limit = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "scope"], name="allowance_once_per_day"),
            models.CheckConstraint(
                condition=models.Q(given__lte=F("limit")), name="allowance_within_limit"
            ),
        ]


class FreeUse(models.Model):
    """What of a hold is free, and the shares that it counts in. Forgotten with its day."""

    hold = models.OneToOneField("billing.Hold", models.CASCADE, related_name="free_use")
    bucket = models.ForeignKey("billing.Bucket", models.CASCADE, related_name="+")
    day = models.DateField(db_index=True)
    # Without what went back because it was not spent after all.
    amount = models.PositiveBigIntegerField()
    # Scopes of allowances; of whoever is signed in no address is counted.
    address = models.CharField(max_length=64, blank=True)
    network = models.CharField(max_length=64)
