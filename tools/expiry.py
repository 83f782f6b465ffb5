"""What has lapsed, what has died: told by the timetable, done by whichever worker hears it."""

import logging
import time
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tools import bells, charges, fetching, files, jobs, outcomes
from tools.models import Archive, Attempt, Check, Export, Fetch, Job, Loss, Photo, Relay, Upload

logger = logging.getLogger(__name__)

# A message may be lost; what still waits after this long is rung for again.
PATIENCE = timedelta(seconds=5)
# For so long what was found in a file can be looked at again.
CHECK_KEPT = timedelta(hours=1)
# For so long an upload that was interrupted can go on.
UPLOAD_KEPT = timedelta(hours=6)
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
            reap()
            self.next = time.monotonic() + SECONDS_BETWEEN_ROUNDS


def reap() -> int:
    """Give lapsed work to others; return how many jobs wait for somebody to ring."""
    for attempt in jobs.lapsed(Attempt.objects.all()):
        lapse(attempt)
    for fetch in jobs.lapsed(Fetch.objects.all()):
        if jobs.requeue(fetch):
            fetching.give_up(fetch)
    for kind in FREE:
        for job in jobs.lapsed(kind.objects.all()):
            lapse(job)
    return waiting()


def lapse(job: Job) -> None:
    """Queue a job whose worker is lost and say so, or end it if this was its last try."""
    with transaction.atomic():
        ended = jobs.requeue(job)
        if not ended:
            lot = job.lot if isinstance(job, Relay) else ""
            bells.ring_on_commit(lot, job.tier)
        elif isinstance(job, Attempt):
            charges.release([job], "worker-lost")
    if ended and isinstance(job, Attempt):
        outcomes.count(job, "failed")


def waiting() -> int:
    """How many jobs any worker could do, and none does. Who has a device looks for itself."""
    since = timezone.now() - PATIENCE
    everybodys = (Attempt.objects.filter(lot=""), Export.objects.filter(lot=""))
    queues: tuple[QuerySet[Any], ...] = (*everybodys, Archive.objects.all(), Check.objects.all())
    return sum(queue.filter(status="queued", changed__lt=since).count() for queue in queues)


def unread() -> list[str]:
    """Uploads that nobody has read although they came a while ago."""
    old = Photo.objects.filter(
        state=Photo.State.RECEIVED, created__lt=timezone.now() - 2 * PATIENCE
    ).exclude(incoming="")
    return [str(pk) for pk in old.values_list("pk", flat=True)[:100]]


def unfetched() -> bool:
    """Whether a photo from the web waits although it was asked for a while ago."""
    since = timezone.now() - PATIENCE
    return Fetch.objects.filter(status=Job.Status.QUEUED, changed__lt=since).exists()


def expire() -> None:
    """Delete the photos whose time has come, with all that was made from them."""
    for photo in Photo.objects.filter(expires__lte=timezone.now())[:1000]:
        forget(photo)
    for upload in Upload.objects.filter(created__lte=timezone.now() - UPLOAD_KEPT)[:1000]:
        drop(upload)
    for check in Check.objects.filter(created__lte=timezone.now() - CHECK_KEPT)[:1000]:
        check.delete()
        files.remove([check.file])


def drop(upload: Upload) -> None:
    """Forget an upload in parts; a photo that came of it stays."""
    names = files.parts(upload.pk, upload.received)
    upload.delete()
    files.remove(names)


def forget(photo: Photo) -> None:
    """Delete the photo: rows first, so that nobody is shown what is half gone."""
    photo.refresh_from_db(fields=["suggestions", "incoming", "digest"])
    outcomes.count_given_back(photo.attempts.all())
    names = [*of_photo(photo), *(name for attempt in photo.attempts.all() for name in of(attempt))]
    with transaction.atomic():
        charges.release(photo.attempts.filter(status__in=Job.OPEN), "photo-deleted")
        photo.delete()
        tell(photo)
        transaction.on_commit(lambda: remove(names, photo.digest))


def tell(photo: Photo) -> None:
    """Have the visitor's open pages look again: something of this photo's is gone."""
    now = {"changed": timezone.now()}
    Loss.objects.update_or_create(visitor_id=photo.visitor_id, defaults=now)


def remove(names: list[str], digest: str) -> None:
    files.remove(names)
    # The same pixels may be another visitor's photo too.
    if digest and not Photo.objects.filter(digest=digest).exists():
        files.remove([files.pixels(digest)])


def of_photo(photo: Photo) -> list[str]:
    archives = photo.archives.values_list("file", flat=True)
    own = [photo.incoming, files.photo_preview(photo.pk), files.photo_thumb(photo.pk)]
    drawn = files.beside(files.photo_drawn(photo.pk))
    return [*own, files.credentials(photo.pk), *drawn, *archives]


def of(attempt: Attempt) -> list[Any]:
    """Every file that an attempt has or may have."""
    exports = attempt.exports.values_list("file", flat=True)
    archives = with_it(attempt).values_list("file", flat=True)
    return [
        files.attempt_preview(attempt.pk),
        files.attempt_thumb(attempt.pk),
        files.attempt_look(attempt.pk),
        files.attempt_map(attempt.pk),
        files.attempt_behind(attempt.pk),
        *files.beside(files.handed(attempt.pk)),
        *exports,
        *archives,
    ]


def with_it(attempt: Attempt) -> QuerySet[Archive]:
    """The archives that hold a file of the attempt's."""
    return Archive.objects.filter(pk__in=attempt.exports.values("archives"))
