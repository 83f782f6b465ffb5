"""E-mails that are to be sent: the rows say which, a message only that there is one."""

from django.db import models
from django.utils import timezone


class OutgoingEmail(models.Model):
    """An e-mail on its way; gone when the mail server has taken it, or when it is given up."""

    to = models.JSONField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    # Until then it is somebody's who tries it.
    next_try = models.DateTimeField(db_index=True)
