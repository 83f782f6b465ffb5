"""Objects of the local test checkout, which stands in for Stripe."""

from django.db import models


class LocalStripeObject(models.Model):
    """An object of the local test checkout, in Stripe's shape."""

    id = models.CharField(max_length=128, primary_key=True)
    body = models.JSONField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "billing_tillobject"  # its name until November 2026
