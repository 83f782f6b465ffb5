"""Retention: photos whose time has come are deleted, with all that was made from them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from foundation.one_by_one import try_each
from tools.analytics import attempt_counts
from tools.models import Archive, Attempt, Call, Check, Improvement, Job, Loss, Photo, Upload
from tools.pipeline import step_files
from tools.pricing import charges
from tools.queue import leases
from tools.storage import files

# For so long what was found in a file can be looked at again.
CHECK_KEPT = timedelta(hours=1)
# For so long an upload that was interrupted can go on.
UPLOAD_KEPT = timedelta(hours=6)
# For so long we can learn from a picture that was sent in because its result was bad.
IMPROVEMENT_KEPT = timedelta(days=90)


def delete_expired() -> None:
    """Delete the photos whose time has come, with all that was made from them."""
    now = timezone.now()
    try_each(delete_photo_and_files, Photo.objects.filter(expires__lte=now)[:1000])
    try_each(drop_upload, Upload.objects.filter(created__lte=now - UPLOAD_KEPT)[:1000])
    try_each(drop_row_and_file, Check.objects.filter(created__lte=now - CHECK_KEPT)[:1000])
    old = Improvement.objects.filter(created__lte=now - IMPROVEMENT_KEPT)
    try_each(drop_row_and_file, old[:1000])
    forget_steps_of_gone_photos()


def drop_row_and_file(row: Check | Improvement) -> None:
    row.delete()
    files.remove_files([row.file])


def forget_steps_of_gone_photos() -> None:
    """Delete what this machine keeps of photos that are gone: they may have been deleted by another
    machine, or while something was still being computed from them.
    """
    for digest in step_files.list_photos(settings.STEPS_DIR):
        if not Photo.objects.filter(digest=digest).exists():
            step_files.forget_photo(settings.STEPS_DIR, digest)


def drop_upload(upload: Upload) -> None:
    """Forget an upload in parts; a photo that came of it stays."""
    names = files.part_paths(upload.pk, upload.received)
    upload.delete()
    files.remove_files(names)


def delete_photo_and_files(photo: Photo) -> None:
    """Delete the photo, also where other photos' products stand in it: rows first, so that nobody
    is shown what is half gone.
    """
    photo.refresh_from_db(fields=["suggestions", "incoming", "digest"])
    made = Attempt.objects.filter(Q(photo=photo) | Q(pk__in=list_standing_in(photo)))
    attempt_counts.count_given_back(made)
    names = [
        *files_of_photo(photo),
        *(name for attempt in made for name in files_of_attempt(attempt)),
    ]
    with transaction.atomic():
        # As whoever starts or delivers an attempt locks: the photo, its attempts, their holds.
        Photo.objects.filter(pk=photo.pk).update(name=F("name"))
        wanted = list(made.filter(status__in=Job.OPEN).order_by("pk"))
        leases.cancel_jobs(made)
        charges.release_credits(wanted, "photo-deleted")
        charges.forget_photo(made)
        Archive.objects.filter(exports__attempt__in=made).delete()
        made.delete()
        photo.delete()
        note_loss(photo)
        transaction.on_commit(lambda: remove_files(names, photo.digest))


def list_standing_in(photo: Photo) -> list[Any]:
    """The ids of the attempts at their other photos in which this one is seen: nobody has pixels of
    it who has not got another photo of the same.
    """
    if not photo.digest:
        return []
    visitor = photo.visitor
    theirs = Q(visitor=visitor)
    if visitor.user_id is not None:
        theirs |= Q(visitor__user=visitor.user_id)
    others = Photo.objects.filter(theirs).exclude(pk=photo.pk)
    if others.filter(digest=photo.digest).exists():
        return []
    rows = Attempt.objects.filter(photo__in=others).values_list("pk", "params", "before")
    return [
        pk
        for pk, params, before in rows
        if any(shows(one, photo) for one in (params, *(recipe["params"] for recipe in before)))
    ]


def shows(params: Mapping[str, Any], photo: Photo) -> bool:
    """Whether a tool with these settings puts the photo into its result."""
    pictures = (value for value in params.values() if isinstance(value, Mapping))
    return any(picture.get("digest") == photo.digest for picture in pictures)


def note_loss(photo: Photo) -> None:
    """Have the visitor's open pages look again: something of this photo's is gone."""
    now = {"changed": timezone.now()}
    Loss.objects.update_or_create(visitor_id=photo.visitor_id, defaults=now)


def remove_files(names: list[str], digest: str) -> None:
    files.remove_files(names)
    # The same pixels may be another visitor's photo too.
    if digest and not Photo.objects.filter(digest=digest).exists():
        files.remove_files([files.pixels_path(digest)])
        step_files.forget_photo(settings.STEPS_DIR, digest)


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
        *Call.objects.filter(attempt=attempt).values_list("file", flat=True),
    ]


def zips_with_attempt(attempt: Attempt) -> QuerySet[Archive]:
    """The archives that hold a file of the attempt's."""
    return Archive.objects.filter(pk__in=attempt.exports.values("archives"))
