"""Files made from attempts: exports, ZIP archives and the pages that share them."""

import uuid

from django.db import models
from django.utils import timezone

from tools.models.attempts import Attempt
from tools.models.jobs import Job, Relay
from tools.models.photos import Photo


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


class ShareLink(models.Model):
    """A page that shows one attempt to anybody who has its address, until its time has come."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Deleting the row is what revokes it; a link made later has another address.
    attempt = models.OneToOneField(Attempt, models.CASCADE, related_name="link")
    download = models.BooleanField(default=False)
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()

    class Meta:
        db_table = "tools_link"  # its name until November 2026
