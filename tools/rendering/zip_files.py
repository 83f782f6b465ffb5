"""ZIP packing, in the worker, when the last of its files is made."""

import shutil
import tempfile
import zipfile
from collections.abc import Callable

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, QuerySet

from tools.errors import NotAllMadeError
from tools.models import Archive, Export, Job
from tools.storage import download_names, files

STEP = "pack"
# Held in memory up to this size, then in a file.
SPOOL_BYTES = 8 * 2**20


def list_ready_zips() -> QuerySet[Archive]:
    """Archives that wait for no file any more."""
    of_it = Archive.exports.through.objects.filter(archive=OuterRef("pk"))
    # A subquery and no join: claiming must see the status of the very row that it takes.
    return Archive.objects.filter(~Exists(of_it.filter(export__status__in=Job.OPEN)))


def pack(archive: Archive, report: Callable[[str, float], None]) -> tuple[str, int]:
    """Store the archive; its name in storage and its size. Raises NotAllMadeError."""
    parts = list(archive.exports.select_related("attempt__photo").order_by("attempt__created"))
    if not parts or any(part.status != Job.Status.DONE for part in parts):
        raise NotAllMadeError
    name = files.zip_path(archive.photo_id, archive.wish)
    with tempfile.SpooledTemporaryFile(SPOOL_BYTES) as spool:
        # Pictures are packed as tightly as they go already.
        with zipfile.ZipFile(spool, "w", zipfile.ZIP_STORED) as target:
            inside = download_names.number_doubles(
                download_names.export_name(part) for part in parts
            )
            for number, (part, called) in enumerate(zip(parts, inside, strict=True)):
                report(STEP, number / len(parts))
                add(target, part, called)
        size = spool.tell()
        spool.seek(0)
        files.write_file(name, File(spool))
    return name, size


def add(target: zipfile.ZipFile, part: Export, called: str) -> None:
    try:
        source = default_storage.open(part.file, "rb")
    except FileNotFoundError:
        raise NotAllMadeError from None
    with source, target.open(called, "w") as entry:
        shutil.copyfileobj(source, entry)
