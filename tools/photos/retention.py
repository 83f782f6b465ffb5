"""Retention: photos whose time has come are deleted, with all that was made from them."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from foundation.one_by_one import try_each
from tools.analytics import attempt_counts
from tools.models import Archive, Attempt, Check, Job, Loss, Photo, Upload
from tools.pricing import charges
from tools.queue import leases
from tools.storage import files

# For so long what was found in a file can be looked at again.
CHECK_KEPT = timedelta(hours=1)
# For so long an upload that was interrupted can go on.
UPLOAD_KEPT = timedelta(hours=6)


def delete_expired() -> None:
    """Delete the photos whose time has come, with all that was made from them."""
    now = timezone.now()
    try_each(delete_photo_and_files, Photo.objects.filter(expires__lte=now)[:1000])
    try_each(drop_upload, Upload.objects.filter(created__lte=now - UPLOAD_KEPT)[:1000])
    try_each(drop_check, Check.objects.filter(created__lte=now - CHECK_KEPT)[:1000])


def drop_check(check: Check) -> None:
    check.delete()
    files.remove_files([check.file])


def drop_upload(upload: Upload) -> None:
    """Forget an upload in parts; a photo that came of it stays."""
    names = files.part_paths(upload.pk, upload.received)
    upload.delete()
    files.remove_files(names)


def delete_photo_and_files(photo: Photo) -> None:
    """Delete the photo: rows first, so that nobody is shown what is half gone."""
    photo.refresh_from_db(fields=["suggestions", "incoming", "digest"])
    attempt_counts.count_given_back(photo.attempts.all())
    names = [
        *files_of_photo(photo),
        *(name for attempt in photo.attempts.all() for name in files_of_attempt(attempt)),
    ]
    with transaction.atomic():
        # As whoever starts or delivers an attempt locks: the photo, its attempts, their holds.
        Photo.objects.filter(pk=photo.pk).update(name=F("name"))
        wanted = list(photo.attempts.filter(status__in=Job.OPEN))
        leases.cancel_jobs(photo.attempts.all())
        charges.release_credits(wanted, "photo-deleted")
        photo.delete()
        note_loss(photo)
        transaction.on_commit(lambda: remove_files(names, photo.digest))


def note_loss(photo: Photo) -> None:
    """Have the visitor's open pages look again: something of this photo's is gone."""
    now = {"changed": timezone.now()}
    Loss.objects.update_or_create(visitor_id=photo.visitor_id, defaults=now)


def remove_files(names: list[str], digest: str) -> None:
    files.remove_files(names)
    # The same pixels may be another visitor's photo too.
    if digest and not Photo.objects.filter(digest=digest).exists():
        files.remove_files([files.pixels_path(digest)])


def files_of_photo(photo: Photo) -> list[str]:
    archives = photo.archives.values_list("file", flat=True)
    own = [photo.incoming, files.photo_preview_path(photo.pk), files.photo_thumb_path(photo.pk)]
    drawn = files.list_folder(files.photo_drawn_path(photo.pk))
    return [*own, files.credentials_path(photo.pk), *drawn, *archives]


def files_of_attempt(attempt: Attempt) -> list[Any]:
    """Every file that an attempt has or may have."""
    exports = attempt.exports.values_list("file", flat=True)
    archives = zips_with_attempt(attempt).values_list("file", flat=True)
    return [
        files.attempt_preview_path(attempt.pk),
        files.attempt_thumb_path(attempt.pk),
        files.attempt_first_look_path(attempt.pk),
        files.attempt_map_path(attempt.pk),
        files.attempt_behind_path(attempt.pk),
        *files.list_folder(files.handoff_path(attempt.pk)),
        *exports,
        *archives,
    ]


def zips_with_attempt(attempt: Attempt) -> QuerySet[Archive]:
    """The archives that hold a file of the attempt's."""
    return Archive.objects.filter(pk__in=attempt.exports.values("archives"))
