"""What has died: photos whose time has come, with all that was made from them."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tools.analytics import attempt_counts
from tools.models import Archive, Attempt, Check, Job, Loss, Photo, Upload
from tools.pricing import charges
from tools.storage import files

# For so long what was found in a file can be looked at again.
CHECK_KEPT = timedelta(hours=1)
# For so long an upload that was interrupted can go on.
UPLOAD_KEPT = timedelta(hours=6)


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
    attempt_counts.count_given_back(photo.attempts.all())
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
