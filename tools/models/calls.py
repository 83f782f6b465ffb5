"""Calls: attempts that a program asked for and waits for, with the file that it gets."""

import uuid

from django.db import models
from django.utils import timezone

from tools.models.attempts import Attempt


class Call(models.Model):
    """What a program asked for in one request, and what it was told."""

    attempt = models.OneToOneField(Attempt, models.CASCADE, related_name="call")
    key = models.ForeignKey("billing.ApiKey", models.SET_NULL, null=True, related_name="+")
    # A hash of all that was sent: the same again is a retry.
    fingerprint = models.CharField(max_length=64)
    # What to make, as `tools.rendering.call_files` reads it.
    options = models.JSONField(default=dict)
    # What it costs, as the program is told: 0.25, 1, 0.
    charge = models.CharField(max_length=4)
    file = models.CharField(max_length=100, blank=True)
    # When the file was first handed out; until then a retry is owed it, however late it comes.
    answered = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["key", "fingerprint"], name="call_retried")]


class Improvement(models.Model):
    """A picture that a program sent because its result was bad, kept because its sender said so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey("billing.ApiKey", models.SET_NULL, null=True, related_name="+")
    file = models.CharField(max_length=100, blank=True)
    # An address that was sent instead of a file; nobody fetches it.
    address = models.CharField(max_length=2000, blank=True)
    name = models.CharField(max_length=255, blank=True)
    tag = models.CharField(max_length=255, blank=True)
    created = models.DateTimeField(default=timezone.now, db_index=True)
