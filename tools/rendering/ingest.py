"""Ingest, in the worker: an upload becomes a photo, decoded, upright, in sRGB, under its digest."""

import logging
from typing import Any

from django.utils import timezone

from tools.credentials import identity
from tools.models import Photo
from tools.pipeline import encoding
from tools.pipeline.intake import decode, digest
from tools.pipeline.intake.errors import RefusedError, TruncatedError
from tools.pipeline.ops import PROXY_PIXELS
from tools.pipeline.provenance import incoming_credentials
from tools.pipeline.resize import shrink_to_pixels
from tools.storage import files, upload_limits

logger = logging.getLogger(__name__)

THUMB_SIDE = 240


def ingest_photo(photo_id: Any) -> None:
    """Read an upload that nobody has read yet; a photo that is ready or refused stays as it is.

    Two workers may do so at once: both come to the same, and one of them writes it down.
    """
    received = Photo.objects.filter(pk=photo_id, state=Photo.State.RECEIVED)
    photo = received.first()
    if photo is None:
        return
    try:
        fields = develop(photo)
    except RefusedError as refusal:
        logger.info("Photo %s is refused: %s", photo.pk, refusal.id)
        fields = {"state": Photo.State.REFUSED, "error": refusal.id, "digest": ""}
    if received.update(incoming="", changed=timezone.now(), **fields):
        files.remove_files([photo.incoming])


def read_photo_now(photo: Photo) -> Photo:
    """The photo, read now if its own message has not come yet."""
    if photo.state == Photo.State.RECEIVED:
        ingest_photo(photo.pk)
        photo.refresh_from_db()
    return photo


def develop(photo: Photo) -> dict[str, Any]:
    """Decode and store the pixels and the previews; return what the row says of them."""
    try:
        data = files.read_file(photo.incoming)
    except FileNotFoundError:
        # Only a crash between storing and writing the row, or a deletion, leaves it so.
        raise TruncatedError from None
    decoded = decode.decode_photo(data, limits=upload_limits.photo_limits())
    pixels = decoded.pixels
    name, plain = digest.digest_pixels(pixels), encoding.encode_png(pixels)
    files.write_file(files.pixels_path(name), plain)
    kept = incoming_credentials.preserve_credentials(
        data, decoded.format, plain, identity.load_identity()
    )
    if kept is not plain:
        files.write_file(files.credentials_path(photo.pk), kept)
    small = shrink_to_pixels(pixels, pixels=PROXY_PIXELS)
    files.write_file(files.photo_preview_path(photo.pk), encoding.encode_webp(small))
    thumb = encoding.shrink_preview(small, long_side=THUMB_SIDE)
    files.write_file(files.photo_thumb_path(photo.pk), encoding.encode_webp(thumb))
    height, width = pixels.shape[:2]
    return {"state": Photo.State.READY, "digest": name, "width": width, "height": height}
