"""Automatic top-ups: what an account wants, and each one that was started."""

import uuid

from django.db import models
from django.db.models import Q

from billing.models.ledger import Account


class AutoTopUp(models.Model):
    """What an account wants when it runs low: a notice, and perhaps a pack bought by itself."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="refill")
    # Say so once when fewer credits than this are left; 0: never.
    notice_below = models.PositiveBigIntegerField(default=0)
    noticed = models.DateTimeField(null=True)
    # Empty: nothing is bought.
    item = models.CharField(max_length=40, blank=True)
    below = models.PositiveBigIntegerField(default=0)
    # Most that may be charged in a month, in the currency's smallest unit.
    monthly_limit = models.PositiveBigIntegerField(default=0)
    # Why it stopped, such as a declined card; saving the form starts it again.
    stopped = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "billing_refill"  # its name until November 2026


class TopUp(models.Model):
    """One pack bought by itself."""

    class State(models.TextChoices):
        STARTED = "started"
        PAID = "paid"
        FAILED = "failed"
        # The bank asks its owner: paid on Stripe's page, or not at all.
        ASKED = "asked"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="top_ups")
    item = models.CharField(max_length=40)
    name = models.CharField(max_length=60, blank=True)
    credits = models.PositiveBigIntegerField(default=0)
    # What the card pays: with tax, once the invoice says so.
    amount = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3, blank=True)
    till = models.CharField(max_length=80, blank=True)
    price = models.CharField(max_length=64, blank=True)
    pay_url = models.CharField(max_length=500, blank=True)
    invoice = models.CharField(max_length=64, blank=True, db_index=True)
    state = models.CharField(max_length=7, choices=State, default=State.STARTED)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(state="started"), name="top_up_one_at_a_time"
            )
        ]
