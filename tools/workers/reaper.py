"""Reaper: lapsed jobs are given to others; told by the timetable, done by whichever worker hears it."""

import logging
import time
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from tools.analytics import attempt_counts
from tools.fetch import jobs as fetching
from tools.models import Archive, Attempt, Check, Export, Fetch, Job, Photo, Relay
from tools.pricing import charges
from tools.queue import leases, messages

logger = logging.getLogger(__name__)

# A message may be lost; what still waits after this long is told of again.
PATIENCE = timedelta(seconds=5)
# Jobs that hold no credits.
FREE: tuple[type[Export | Archive | Check], ...] = (Export, Archive, Check)
SECONDS_BETWEEN_ROUNDS = 2.0


class Rounds:
    """Reaps now and then, for who is about to work: behind a long queue of messages the timetable's
    word comes too late.
    """

    def __init__(self) -> None:
        self.next = 0.0

    def make(self) -> None:
        if time.monotonic() >= self.next:
            reap_lapsed()
            self.next = time.monotonic() + SECONDS_BETWEEN_ROUNDS


def reap_lapsed() -> int:
    """Give lapsed work to others; return how many jobs wait to be told of."""
    for attempt in leases.list_lapsed(Attempt.objects.all()):
        lapse_job(attempt)
    for fetch in leases.list_lapsed(Fetch.objects.all()):
        if leases.requeue_job(fetch):
            fetching.give_up(fetch)
    for kind in FREE:
        for job in leases.list_lapsed(kind.objects.all()):
            lapse_job(job)
    charges.extend_all_waiting()
    return count_waiting()


def lapse_job(job: Job) -> None:
    """Queue a job whose worker is lost and say so, or end it if this was its last try."""
    with transaction.atomic():
        ended = leases.requeue_job(job)
        if not ended:
            if isinstance(job, Attempt):
                charges.extend_waiting(job)
            lot = job.lot if isinstance(job, Relay) else ""
            messages.wake_on_commit(lot, job.tier)
        elif isinstance(job, Attempt):
            charges.release_credits([job], "worker-lost")
    if ended and isinstance(job, Attempt):
        attempt_counts.count_ended(job, "failed")


def count_waiting() -> int:
    """How many jobs any worker could do, and none does. Who has a device looks for itself."""
    since = timezone.now() - PATIENCE
    everybodys = (Attempt.objects.filter(lot=""), Export.objects.filter(lot=""))
    queues: tuple[QuerySet[Any], ...] = (*everybodys, Archive.objects.all(), Check.objects.all())
    return sum(queue.filter(status="queued", changed__lt=since).count() for queue in queues)


def list_unread() -> list[str]:
    """Uploads that nobody has read although they came a while ago, and that nobody is reading;
    those that were tried least come first.
    """
    now = timezone.now()
    idle = Q(read_until=None) | Q(read_until__lt=now)
    old = Photo.objects.filter(
        idle, state=Photo.State.RECEIVED, created__lt=now - 2 * PATIENCE
    ).exclude(incoming="")
    return [str(pk) for pk in old.order_by("tries", "created").values_list("pk", flat=True)[:100]]


def has_unfetched() -> bool:
    """Whether a photo from the web waits although it was asked for a while ago."""
    since = timezone.now() - PATIENCE
    return Fetch.objects.filter(status=Job.Status.QUEUED, changed__lt=since).exists()
