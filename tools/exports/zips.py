"""ZIPs of all favourites of a photo: asked for, found again."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Visitor
from tools.errors import NoFavouritesError, TooManyFavouritesError
from tools.exports import files
from tools.models import Archive, Export, Job, Photo
from tools.photos import uploads
from tools.pricing import charges
from tools.queue import leases, messages

# Files go before other people's attempts: of so many at once nobody else would get a turn.
MOST_FILES = 50
MIME = "application/zip"


def start_zip(photo: Photo, wanted: Mapping[str, Any]) -> Archive:
    """The archive of the photo's favourites with these options: the one there is, or one that is
    being made from now on, and every file in it that is not there yet.

    Raises NoFavouritesError, TooManyFavouritesError, or GivenBackError when the credits of one
    went back; then nothing was started.
    """
    favourites = photo.attempts.filter(favourite=True, status=Job.Status.DONE)
    if not favourites:
        raise NoFavouritesError
    if len(favourites) > MOST_FILES:
        raise TooManyFavouritesError(most=MOST_FILES)
    charges.check_kept(favourites)
    exports = [files.start_export(attempt, wanted) for attempt in favourites]
    names = sorted(str(file.pk) for file in exports)
    fresh = Archive(photo=photo, wish=hashlib.sha256(" ".join(names).encode()).hexdigest())
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
            fresh.exports.set(exports)
            messages.announce_work()
    except IntegrityError:
        return again(Archive.objects.get(photo=photo, wish=fresh.wish))
    return fresh


def again(archive: Archive) -> Archive:
    """Try one again that failed or was called off; any other stays as it is."""
    ended = [Job.Status.FAILED, Job.Status.CANCELLED]
    with transaction.atomic():
        rows = Archive.objects.filter(pk=archive.pk, status__in=ended)
        if rows.update(status=Job.Status.QUEUED, tries=0, error="", changed=timezone.now()):
            messages.announce_work()
    archive.refresh_from_db()
    return archive


def cancel_zip(archive: Archive) -> bool:
    """Call it off, with the files that nobody else waits for; False when it had ended already."""
    with transaction.atomic():
        if not leases.cancel_jobs(Archive.objects.filter(pk=archive.pk)):
            return False
        others = Archive.objects.filter(status__in=Job.OPEN).exclude(pk=archive.pk)
        leases.cancel_jobs(Export.objects.filter(archives=archive).exclude(archives__in=others))
    return True


def find_zip(visitor: Visitor | None, archive_id: Any) -> Archive | None:
    """The visitor's archive of that id, if its photo lives."""
    archive = Archive.objects.select_related("photo").filter(pk=archive_id).first()
    if archive is None or uploads.find_photo(visitor, archive.photo_id) is None:
        return None
    return archive


def mark_zip_downloaded(archive: Archive) -> None:
    """Remember that all that is in it was downloaded."""
    archive.exports.filter(downloaded=None).update(downloaded=timezone.now())


def zip_progress(archive: Archive) -> tuple[int, float]:
    """How many files are made, and the share of the whole work that is done."""
    exports = list(archive.exports.all())
    made = sum(file.status == Job.Status.DONE for file in exports)
    # Packing is one more thing to do.
    return made, (sum(file.share for file in exports) + archive.share) / (len(exports) + 1)
