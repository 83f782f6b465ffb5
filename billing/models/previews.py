"""Previews: small pictures for programs, of which four are one credit."""

from django.db import models


class Preview(models.Model):
    """One preview of an account's, delivered or on its way; one that failed is no row.

    Of a month's free ones `month` says which, as 2026-11; else it is empty, and every fourth number
    is the one that holds a credit.
    """

    account = models.ForeignKey("billing.Account", models.PROTECT, related_name="previews")
    attempt = models.CharField(max_length=64, unique=True)
    month = models.CharField(max_length=7, blank=True)
    number = models.PositiveIntegerField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "month", "number"], name="preview_once_per_number"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gt=0), name="preview_numbers_begin_with_one"
            ),
        ]
