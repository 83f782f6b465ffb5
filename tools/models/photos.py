"""Photos, uploads that come in parts, and photos that are fetched from the web."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Visitor
from tools.models.jobs import Job


class Photo(models.Model):
    """An upload: verified, upright, without its camera's words, and with a time to die.

    A refused one is a row that says why; nothing of the file is kept.
    """

    class State(models.TextChoices):
        RECEIVED = "received"
        READY = "ready"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="photos")
    name = models.CharField(max_length=255)
    # Which of our own photos it is, if it is one: the built-in engines work on it for nothing.
    sample = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.RECEIVED)
    error = models.CharField(max_length=40, blank=True)
    error_facts = models.JSONField(default=dict, blank=True)
    # A picture that a product is to stand in: not what the visitor works on.
    is_background = models.BooleanField(default=False)
    # The upload as it came, until it is read; then empty.
    incoming = models.CharField(max_length=100, blank=True)
    # How often reading it was begun, and until when nobody else need begin.
    tries = models.PositiveSmallIntegerField(default=0)
    read_until = models.DateTimeField(null=True, blank=True)
    declared_type = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    format = models.CharField(max_length=10, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    # Dots to the inch, where the file said so: how large it is meant to be printed.
    dpi = models.FloatField(null=True, blank=True)
    # Scenes that suit the product, best first, once its matte is known.
    suggestions = models.JSONField(default=list, blank=True)
    created = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(auto_now=True, db_index=True)
    expires = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["visitor", "-created"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | ~Q(digest=""), name="a_ready_photo_has_a_digest"
            )
        ]


class Upload(models.Model):
    """A photo that comes in parts, so that a lost connection costs one part and not all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=255)
    declared_type = models.CharField(max_length=100, blank=True)
    bytes = models.PositiveIntegerField()
    is_background = models.BooleanField(default=False)
    # How many of them are here, from the start and without a gap.
    received = models.PositiveIntegerField(default=0)
    # What became of it: kept, for a page that did not hear the answer to its last part.
    photo = models.OneToOneField(Photo, models.CASCADE, null=True, related_name="upload")
    created = models.DateTimeField(default=timezone.now, db_index=True)


class Loss(models.Model):
    """When something of a visitor's was last deleted: rows that are gone tell nobody of it."""

    visitor = models.OneToOneField(Visitor, models.CASCADE, primary_key=True)
    changed = models.DateTimeField(db_index=True)


class Fetch(Job):
    """A photo that is to be had at an address on the web; the photo waits for it as received."""

    photo = models.OneToOneField(Photo, models.CASCADE, related_name="fetch")
    address = models.CharField(max_length=2000)

    class Meta(Job.Meta):
        abstract = False
