"""Jobs: work that one worker at a time does under a lease."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Job(models.Model):
    """Work that one worker at a time does under a lease; the row is the truth."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    OPEN: ClassVar[tuple[str, ...]] = (Status.QUEUED, Status.RUNNING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    status = models.CharField(max_length=9, choices=Status, default=Status.QUEUED)
    # Smaller goes first: who pays before who does not.
    tier = models.PositiveSmallIntegerField(default=1)
    owner = models.CharField(max_length=120, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=40, blank=True)
    share = models.FloatField(default=0)
    error = models.CharField(max_length=40, blank=True)
    error_facts = models.JSONField(default=dict, blank=True)
    created = models.DateTimeField(default=timezone.now)
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)
    changed = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["status", "tier", "created"], name="%(class)s_queue"),
            models.Index(
                fields=["lease_until"], condition=Q(status="running"), name="%(class)s_leases"
            ),
        ]


class Relay(Job):
    """A job that may go from process to process, a leg each: what needs a device is done where one
    is, and what comes before and after it by any worker.
    """

    # The steps that the next leg begins with and others may share a batch with; empty: any worker's.
    lot = models.CharField(max_length=160, blank=True)
    legs = models.PositiveSmallIntegerField(default=0)
    # The addresses of what a device has computed for it so far.
    handed = models.JSONField(default=list, blank=True)

    class Meta(Job.Meta):
        abstract = True
