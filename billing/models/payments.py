"""What was sold through Stripe, and what Stripe said about it."""

import uuid

from django.db import models
from django.db.models import F, Q

from billing.models.ledger import Account, Bucket


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


class Order(models.Model):
    """What an account went to the till for. Its id goes along as the client's reference."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="orders")
    item = models.CharField(max_length=40)
    session = models.CharField(max_length=128, blank=True)
    created = models.DateTimeField(auto_now_add=True)


class Purchase(models.Model):
    """What Stripe took for which credits."""

    # `cs:<session>`, `sub:<subscription>:<price>:<period start>` or `in:<invoice>`.
    ref = models.CharField(max_length=160, primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="purchases")
    bucket = models.OneToOneField(Bucket, models.PROTECT, related_name="purchase")
    item = models.CharField(max_length=40)
    credits = models.PositiveBigIntegerField()
    paid = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    payment_intent = models.CharField(max_length=64, blank=True, db_index=True)
    # Credits that refunds and disputes took back so far.
    taken = models.PositiveBigIntegerField(default=0)
    version = models.PositiveBigIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("credits")), name="purchase_taken_within_credits"
            )
        ]


class Reversal(models.Model):
    """How much of a payment went back, by one charge's refunds or one dispute; Stripe's total."""

    # The charge (its refunds) or the dispute.
    id = models.CharField(max_length=64, primary_key=True)
    payment_intent = models.CharField(max_length=64, db_index=True)
    amount = models.PositiveBigIntegerField()
    version = models.PositiveBigIntegerField(default=1)


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


class StripeEvent(models.Model):
    """An event that came through the door. The work is done from the object, fetched again."""

    class State(models.TextChoices):
        NEW = "new"
        WAITING = "waiting"
        DONE = "done"
        FOREIGN = "foreign"
        FAILED = "failed"

    id = models.CharField(max_length=64, primary_key=True)
    type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=128)
    api_version = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    tries = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    next_try = models.DateTimeField()
    received = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try"],
                condition=Q(state__in=["new", "waiting"]),
                name="stripe_event_to_do",
            )
        ]


class Refill(models.Model):
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


class TopUp(models.Model):
    """One pack bought by itself."""

    class State(models.TextChoices):
        STARTED = "started"
        PAID = "paid"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="top_ups")
    item = models.CharField(max_length=40)
    amount = models.PositiveBigIntegerField()
    invoice = models.CharField(max_length=64, blank=True, db_index=True)
    state = models.CharField(max_length=7, choices=State, default=State.STARTED)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(state="started"), name="top_up_one_at_a_time"
            )
        ]


class MoneyDay(models.Model):
    """What we and Stripe say was taken on a day, by currency; they should say the same."""

    day = models.DateField()
    currency = models.CharField(max_length=3)
    ours = models.BigIntegerField()
    stripes = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "currency"], name="money_day_once")]


class AuditRun(models.Model):
    """What the one query found, each night."""

    at = models.DateTimeField(auto_now_add=True)
    problems = models.PositiveIntegerField()


class TillObject(models.Model):
    """An object of the local test till, in Stripe's shape."""

    id = models.CharField(max_length=128, primary_key=True)
    body = models.JSONField()
    created = models.DateTimeField(auto_now_add=True)
