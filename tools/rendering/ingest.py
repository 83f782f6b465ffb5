"""Ingest, in the worker: an upload becomes a photo, decoded, upright, in sRGB, under its digest."""

import logging
import time
from datetime import timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from tools.credentials import identity
from tools.models import Photo
from tools.pipeline import encoding
from tools.pipeline.intake import digest
from tools.pipeline.intake.apart import DecoderLostError
from tools.pipeline.intake.errors import RefusedError, TruncatedError
from tools.pipeline.ops import PROXY_PIXELS
from tools.pipeline.provenance import incoming_credentials
from tools.pipeline.resize import shrink_to_pixels
from tools.queue import dead_letters, leases
from tools.rendering import decoding
from tools.storage import files

logger = logging.getLogger(__name__)

THUMB_SIDE = 240
MOST_TRIES = leases.MOST_TRIES
SECONDS_BETWEEN_LOOKS = 0.5
# A reader that has said nothing for so long is lost; after one that broke, the next waits a little.
READING, PAUSE = timedelta(seconds=90), timedelta(seconds=5)
# The refusal of a photo that we, and not its owner, are to blame for.
FAILED = "reading-failed"


def ingest_photo(photo_id: Any) -> None:
    """Read an upload that nobody has read yet; a photo that is ready or refused stays as it is.

    Two workers may do so at once: both come to the same, and one of them writes it down. Whatever
    happens, it ends: what breaks its readers so often is refused, and stands in a list of ours.
    """
    photo = begin_try(photo_id)
    if photo is None:
        give_up_lost(photo_id)
        return
    try:
        fields = develop(photo)
    except RefusedError as refusal:
        logger.info("Photo %s is refused: %s", photo.pk, refusal.id)
        if refuse_photo(photo, refusal.id) and isinstance(refusal, DecoderLostError):
            # Words for whoever sent it, and a look by whoever runs the site.
            dead_letters.note_dead_letter(
                "photo", photo.pk, refusal.id, tries=photo.tries, cause=refusal
            )
    except Exception as error:
        # Nobody foresaw it; it is tried again, and after the last try it ends in words.
        logger.exception("Photo %s could not be read", photo.pk)
        if photo.tries >= MOST_TRIES:
            give_up(photo, error)
        else:
            received(photo.pk).update(read_until=timezone.now() + PAUSE)
    else:
        write_down(photo, **fields)


def received(photo_id: Any) -> QuerySet[Photo]:
    return Photo.objects.filter(pk=photo_id, state=Photo.State.RECEIVED)


def begin_try(photo_id: Any) -> Photo | None:
    """The photo, with one more try counted before a byte of it is read; None where it has been
    read, or had all its tries.
    """
    mine = received(photo_id).filter(tries__lt=MOST_TRIES)
    until = timezone.now() + READING
    return (
        received(photo_id).first() if mine.update(tries=F("tries") + 1, read_until=until) else None
    )


def give_up_lost(photo_id: Any) -> None:
    """End a photo that had all its tries and whose last reader did not come back."""
    photo = received(photo_id).filter(read_until__lt=timezone.now()).first()
    if photo:
        give_up(photo, dead_letters.LOST)


def give_up(photo: Photo, cause: BaseException | str) -> None:
    if refuse_photo(photo, FAILED):
        dead_letters.note_dead_letter("photo", photo.pk, FAILED, tries=photo.tries, cause=cause)


def refuse_photo(photo: Photo, error: str) -> bool:
    return write_down(photo, state=Photo.State.REFUSED, error=error, digest="")


def write_down(photo: Photo, **fields: Any) -> bool:
    """Say what became of it, and delete the upload; False for those who come too late."""
    if not received(photo.pk).update(incoming="", changed=timezone.now(), **fields):
        return False
    files.remove_files([photo.incoming])
    return True


def read_photo_now(photo: Photo) -> Photo:
    """The photo, read now if its own message has not come yet; never one that is still received."""
    while photo.state == Photo.State.RECEIVED:
        ingest_photo(photo.pk)
        photo.refresh_from_db()
        if photo.state == Photo.State.RECEIVED and photo.tries >= MOST_TRIES:
            # Another process is at its last try.
            time.sleep(SECONDS_BETWEEN_LOOKS)
    return photo


def develop(photo: Photo) -> dict[str, Any]:
    """Decode and store the pixels and the previews; return what the row says of them."""
    try:
        data = files.read_file(photo.incoming)
    except FileNotFoundError:
        # Only a crash between storing and writing the row, or a deletion, leaves it so.
        raise TruncatedError from None
    decoded = decoding.decode_upload(data)
    pixels = decoded.pixels
    name, plain = digest.digest_pixels(pixels), encoding.encode_png(pixels)
    files.write_file(files.pixels_path(name), plain)
    kept = incoming_credentials.preserve_credentials(
        data, decoded.format, plain, identity.load_identity()
    )
    if kept is not plain:
        files.write_file(files.credentials_path(photo.pk), kept)
    small = encoding.fit_webp(shrink_to_pixels(pixels, pixels=PROXY_PIXELS))
    files.write_file(files.photo_preview_path(photo.pk), encoding.encode_webp(small))
    thumb = encoding.shrink_preview(small, long_side=THUMB_SIDE)
    files.write_file(files.photo_thumb_path(photo.pk), encoding.encode_webp(thumb))
    height, width = pixels.shape[:2]
    size = {"width": width, "height": height, "dpi": decoded.dpi}
    return {"state": Photo.State.READY, "digest": name, **size}
