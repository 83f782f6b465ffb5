"""Stripe events that came in by the webhook."""

from django.db import models
from django.db.models import Q


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
