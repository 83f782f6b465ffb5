from django.db import models
from django.db.models import F


class Allowance(models.Model):
    """How many free credits a network, or everybody together, was given on a day.

    `scope` is a keyed hash of the network, good for that day only, or "everybody".
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
