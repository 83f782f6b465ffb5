"""Dead letters: work that we gave up, for whoever runs the site."""

from django.db import models
from django.utils import timezone


class DeadLetter(models.Model):
    """One thing that ended because of us and not of whoever wanted it; they were told in words.

    It says where it broke, and nothing of what the file showed or whose it was.
    """

    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    error = models.CharField(max_length=40)
    # The class of what was raised, and where; never its words, which may quote the file.
    cause = models.CharField(max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ("-created",)

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}: {self.error}"
