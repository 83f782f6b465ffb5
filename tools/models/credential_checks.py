"""Files whose content credentials somebody wants to know."""

from django.db import models

from tools.models.jobs import Job


class Check(Job):
    """A file whose credentials somebody wants to know. It is deleted as soon as it is read, and
    what was found an hour later; whose it was is never written down.
    """

    # The file as it came, until it is read; then empty.
    file = models.CharField(max_length=100, blank=True)
    report = models.JSONField(default=dict, blank=True)

    class Meta(Job.Meta):
        abstract = False
