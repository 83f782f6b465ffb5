"""What is written down of a job: how far it is, and how it ended."""

import time
from typing import Any

from django.db import transaction

from tools import charges, files, jobs
from tools.models import Attempt, Job
from tools.pipeline.errors import CancelledError

# Progress is written at most this often; a page is not told more.
SECONDS_BETWEEN_REPORTS = 0.25


class Report:
    """Writes down where a job is, and ends it when it is no longer wanted."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.last = 0.0
        self.step = ""

    def __call__(self, step: str, share: float) -> None:
        now = time.monotonic()
        if step == self.step and now - self.last < SECONDS_BETWEEN_REPORTS:
            return
        self.last, self.step = now, step
        if not jobs.report(self.job, step, share):
            raise CancelledError


def deliver(job: Job, **fields: Any) -> None:
    """Write down the result, unless the job was cancelled or taken away meanwhile."""
    with transaction.atomic():
        if not jobs.finish(job, **fields):
            raise CancelledError
        if isinstance(job, Attempt):
            charges.capture(job)


def fail(job: Job, error: str, **facts: Any) -> None:
    """End it in words; what was held for it goes back."""
    with transaction.atomic():
        if jobs.fail(job, error, **facts) and isinstance(job, Attempt):
            charges.release([job], error)


def clear_up(job: Job) -> None:
    """Leave no picture behind of an attempt that was called off or deleted while it was made."""
    wanted = Attempt.objects.filter(pk=job.pk).exclude(status=Job.Status.CANCELLED).exists()
    if isinstance(job, Attempt) and not wanted:
        preview, thumb = files.attempt_preview(job.pk), files.attempt_thumb(job.pk)
        files.remove([preview, thumb, files.attempt_map(job.pk)])
