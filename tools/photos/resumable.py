"""Resumable uploads: a lost connection costs the part that was on its way, not the rest."""

import tempfile
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction

from accounts.models import Visitor
from tools.errors import PartMisplacedError
from tools.models import Photo, Upload
from tools.photos import retention, uploads
from tools.pipeline.intake.errors import EmptyError, RefusedError, TooManyBytesError
from tools.queue import open_limits
from tools.storage import files, upload_limits

SPOOL_BYTES = 4 * 2**20


def begin_upload(
    visitor: Visitor, *, name: str, declared_type: str, size: int, is_background: bool = False
) -> Upload:
    """Expect a photo of that many bytes. Raises EmptyError and TooManyBytesError."""
    if size < 1:
        raise EmptyError
    if size > upload_limits.photo_limits().bytes:
        raise TooManyBytesError
    waiting = Upload.objects.filter(visitor=visitor, photo=None).order_by("-created")
    for old in waiting[open_limits.UPLOADS - 1 :]:
        retention.drop_upload(old)
    return Upload.objects.create(
        visitor=visitor,
        name=uploads.clean_name(name),
        declared_type=declared_type[:100],
        bytes=size,
        is_background=is_background,
    )


def find_upload(visitor: Visitor | None, upload_id: Any) -> Upload | None:
    """The visitor's upload of that id."""
    if visitor is None:
        return None
    mine = Upload.objects.filter(visitor__in=uploads.same_person(visitor))
    return mine.select_related("photo").filter(pk=upload_id).first()


def add_part(upload: Upload, offset: int, data: bytes) -> None:
    """Keep the next part. All parts but the last have the same size, so that each is found again.

    Raises PartMisplacedError, with where the upload stands, for one that does not follow.
    """
    end = offset + len(data)
    is_whole = len(data) == files.PART_BYTES or end == upload.bytes
    if offset != upload.received or end > upload.bytes or not data or not is_whole:
        raise PartMisplacedError(offset=upload.received)
    files.write_file(files.part_path(upload.pk, offset), ContentFile(data))
    # The same part may come twice, over the old connection and the new: one of them counts.
    if not Upload.objects.filter(pk=upload.pk, received=offset).update(received=end):
        upload.refresh_from_db()
        raise PartMisplacedError(offset=upload.received)
    upload.received = end


def finish_upload(upload: Upload) -> Photo | None:
    """The photo, once all is here; None before. Raises what `uploads.receive_upload` does."""
    if upload.received < upload.bytes:
        return None
    try:
        with transaction.atomic():
            # Whoever asks a second time waits for the first, and gets the same photo.
            upload = Upload.objects.select_for_update().get(pk=upload.pk)
            if upload.photo is None:
                upload.photo = whole(upload)
                upload.save(update_fields=["photo"])
    except RefusedError:
        retention.drop_upload(upload)
        raise
    files.remove_files(files.part_paths(upload.pk, upload.received))
    return upload.photo


def whole(upload: Upload) -> Photo:
    """The photo that the parts are, received as any other."""
    with tempfile.SpooledTemporaryFile(SPOOL_BYTES) as spool:
        for name in files.part_paths(upload.pk, upload.received):
            spool.write(files.read_file(name))
        spool.seek(0)
        return uploads.receive_upload(
            upload.visitor,
            File(spool),
            name=upload.name,
            declared_type=upload.declared_type,
            is_background=upload.is_background,
        )
