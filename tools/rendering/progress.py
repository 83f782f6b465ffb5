"""Progress and end of a job, as written down: how far it is, and how it ended."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from tools.analytics import attempt_counts
from tools.errors import ToolsError
from tools.models import Attempt, Job, Relay
from tools.pipeline.errors import CancelledError, PipelineError
from tools.pricing import charges, quotes
from tools.queue import dead_letters, leases
from tools.storage import files

logger = logging.getLogger(__name__)

# Progress is written at most this often; a page is not told more.
SECONDS_BETWEEN_REPORTS = 0.25
# The error of a result that changed the product where it was not to.
UNKEPT = "not-obedient"


class Report:
    """Writes down where a job is, and ends it when it is no longer wanted."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.last = 0.0
        self.step = ""
        # What earlier legs have done is done.
        self.before = job.share if isinstance(job, Relay) and job.legs else 0.0
        self.until, self.next = 1.0, self.before
        self.is_brief = False

    def be_brief(self) -> None:
        """What follows are short steps, and steps that tell how far they are: that one begins is
        no news. Every page that is told takes of the time in which they are done.
        """
        self.is_brief, self.last = True, time.monotonic()

    def part(self, share: float) -> None:
        """What is computed from now on is this share of what is left to do."""
        self.before, self.until = self.next, 1.0
        self.until = self.next = self.reached(share)

    def reached(self, share: float) -> float:
        return self.before + (self.until - self.before) * share

    def __call__(self, step: str, share: float) -> None:
        now = time.monotonic()
        soon = now - self.last < SECONDS_BETWEEN_REPORTS
        if soon and (step == self.step or self.is_brief):
            return
        self.last, self.step = now, step
        if not leases.report_progress(self.job, step, self.reached(share)):
            raise CancelledError


@contextmanager
def ends_in_words(job: Job) -> Iterator[None]:
    """See that the job ends, whatever is raised while it is made."""
    try:
        yield
    except CancelledError:
        logger.info("%s %s: nobody waits for it any more", type(job).__name__, job.pk)
        clear_up(job)
    except (PipelineError, ToolsError) as error:
        logger.info("%s %s failed: %s", type(job).__name__, job.pk, error.id, exc_info=True)
        fail(job, error.id)
    except Exception as error:
        # Nobody foresaw it; whoever waits is to be told all the same, and pays nothing.
        logger.exception("%s %s failed", type(job).__name__, job.pk)
        fail(job, "step-failed")
        dead_letters.note_dead_job(job, "step-failed", error)


def deliver(job: Job, **fields: Any) -> None:
    """Write down the result, unless the job was cancelled or taken away meanwhile."""
    due, more = 0, {}
    if isinstance(job, Attempt):
        due, free_after = quotes.final_price(job)
        more = {"price": due, "free_after": free_after}
    with transaction.atomic():
        if not leases.finish_job(job, **fields, **more):
            raise CancelledError
        if isinstance(job, Attempt):
            charges.capture_credits(job, due)
    if isinstance(job, Attempt):
        attempt_counts.count_ended(job, "delivered")


def fail(job: Job, error: str, **facts: Any) -> None:
    """End it in words; what was held for it goes back."""
    with transaction.atomic():
        ended = leases.fail_job(job, error, **facts)
        if ended and isinstance(job, Attempt):
            charges.release_credits([job], error)
    if ended and isinstance(job, Attempt):
        attempt_counts.count_ended(job, "unkept" if error == UNKEPT else "failed")


def clear_up(job: Job) -> None:
    """Leave no picture behind of an attempt that was called off or deleted while it was made."""
    wanted = Attempt.objects.filter(pk=job.pk).exclude(status=Job.Status.CANCELLED).exists()
    if isinstance(job, Attempt) and not wanted:
        pictures = (
            files.attempt_preview_path,
            files.attempt_thumb_path,
            files.attempt_first_look_path,
            files.attempt_map_path,
        )
        files.remove_files([name(job.pk) for name in pictures])
