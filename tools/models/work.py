"""Photos, the attempts at them, the files made from attempts, and what people say of them."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Visitor


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
    state = models.CharField(max_length=8, choices=State, default=State.RECEIVED)
    error = models.CharField(max_length=40, blank=True)
    error_facts = models.JSONField(default=dict, blank=True)
    # A picture that a product is to stand in: not what the visitor works on.
    is_background = models.BooleanField(default=False)
    # The upload as it came, until it is read; then empty.
    incoming = models.CharField(max_length=100, blank=True)
    declared_type = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    format = models.CharField(max_length=10, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
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


class Attempt(Relay):
    """One run of one tool on one photo."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="attempts")
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="children"
    )
    # What it begins from: the recipes that were followed on the photo before this one, in their
    # order; empty for the photo itself. The parent says where the visitor was, and may be deleted.
    before = models.JSONField(default=list, blank=True)
    tool = models.SlugField()
    params = models.JSONField(default=dict, blank=True)
    # The engine for each kind of step, by name.
    engines = models.JSONField(default=dict, blank=True)
    price = models.PositiveIntegerField(default=0)
    preview = models.CharField(max_length=100, blank=True)
    # Of the result at full resolution.
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict, blank=True)
    fidelity = models.JSONField(default=dict, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    # The path of the page that asked for it.
    page = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=80, blank=True)
    favourite = models.BooleanField(default=False)

    class Meta(Relay.Meta):
        abstract = False

    def recipe(self) -> dict[str, Any]:
        """What makes the same result again from what it begins from, here or on another photo."""
        return {"tool": self.tool, "params": self.params, "engines": self.engines}


class Export(Relay):
    """A file made from an attempt at full resolution, on demand."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="exports")
    format = models.CharField(max_length=4)
    options = models.JSONField(default=dict, blank=True)
    # The hash of format and options: the same wish is the same file.
    wish = models.CharField(max_length=64)
    file = models.CharField(max_length=100, blank=True)
    bytes = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict, blank=True)
    # When it was first taken away: whoever has may say what they think of the tool.
    downloaded = models.DateTimeField(null=True, blank=True)

    class Meta(Relay.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["attempt", "wish"], name="one_file_for_one_wish")
        ]


class Archive(Job):
    """Several files of one photo's attempts as one ZIP, packed when the last of them is there."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="archives")
    exports = models.ManyToManyField(Export, related_name="archives")
    # The hash of the files in it: the same files are the same archive.
    wish = models.CharField(max_length=64)
    file = models.CharField(max_length=100, blank=True)
    bytes = models.PositiveIntegerField(default=0)

    class Meta(Job.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["photo", "wish"], name="one_archive_for_one_wish")
        ]


class Fetch(Job):
    """A photo that is to be had at an address on the web; the photo waits for it as received."""

    photo = models.OneToOneField(Photo, models.CASCADE, related_name="fetch")
    address = models.CharField(max_length=2000)

    class Meta(Job.Meta):
        abstract = False


class Link(models.Model):
    """A page that shows one attempt to anybody who has its address, until its time has come."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Deleting the row is what revokes it; a link made later has another address.
    attempt = models.OneToOneField(Attempt, models.CASCADE, related_name="link")
    download = models.BooleanField(default=False)
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()


class Check(Job):
    """A file whose credentials somebody wants to know. It is deleted as soon as it is read, and
    what was found an hour later; whose it was is never written down.
    """

    # The file as it came, until it is read; then empty.
    file = models.CharField(max_length=100, blank=True)
    report = models.JSONField(default=dict, blank=True)

    class Meta(Job.Meta):
        abstract = False


class Rating(models.Model):
    """What a visitor who has downloaded a result thinks of the tool that made it."""

    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="ratings")
    tool = models.SlugField()
    stars = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=1000, blank=True)
    locale = models.CharField(max_length=12, blank=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visitor", "tool"], name="one_rating_for_one_tool"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="stars_are_one_to_five"),
        ]
