"""Paths and files in storage: where the pictures lie, and how they are put there and taken away."""

import errno
from collections.abc import Iterable
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from tools.errors import DiskFullError


def incoming_path(photo: UUID) -> str:
    return f"incoming/{photo}"


# An upload comes in parts of so many bytes; the last may be smaller.
PART_BYTES = 2**20


def part_path(upload: UUID, offset: int) -> str:
    return f"incoming/{upload}.{offset}"


def part_paths(upload: UUID, received: int) -> list[str]:
    """The parts of an upload of which so many bytes are here."""
    return [part_path(upload, offset) for offset in range(0, received, PART_BYTES)]


def pixels_path(digest: str) -> str:
    return f"photos/{digest[:2]}/{digest}.png"


def credentials_path(photo: UUID) -> str:
    """The photo's, not its pixels': another visitor's copy may have come without."""
    return f"credentials/{photo}.png"


def photo_preview_path(photo: UUID) -> str:
    return f"previews/{photo}.webp"


def photo_thumb_path(photo: UUID) -> str:
    return f"previews/{photo}.thumb.webp"


def photo_drawn_path(photo: UUID) -> str:
    """The folder of what was drawn of the photo's product."""
    return f"previews/{photo}"


def suggestion_path(photo: UUID, scene: str) -> str:
    return f"{photo_drawn_path(photo)}/{scene}.webp"


def cut_out(photo: UUID, name: str) -> str:
    return f"{photo_drawn_path(photo)}/cut-{name}.webp"


def attempt_preview_path(attempt: UUID) -> str:
    return f"attempts/{attempt}.webp"


def attempt_thumb_path(attempt: UUID) -> str:
    return f"attempts/{attempt}.thumb.webp"


def attempt_first_look_path(attempt: UUID) -> str:
    return f"attempts/{attempt}.look.webp"


def attempt_map_path(attempt: UUID) -> str:
    return f"attempts/{attempt}.map.webp"


def attempt_behind_path(attempt: UUID) -> str:
    return f"attempts/{attempt}.behind.jpeg"


def handoff_path(attempt: UUID, address: str = "") -> str:
    """What a device has computed for the attempt; without an address the folder of it all."""
    return f"handed/{attempt}/{address}".rstrip("/")


def export_path(attempt: UUID, wish: str, suffix: str) -> str:
    return f"exports/{attempt}/{wish[:16]}.{suffix}"


def call_path(attempt: UUID, suffix: str) -> str:
    return f"exports/{attempt}/call.{suffix}"


def improvement_path(improvement: UUID) -> str:
    return f"improvements/{improvement}"


def zip_path(photo: UUID, wish: str) -> str:
    return f"archives/{photo}/{wish[:16]}.zip"


def check_path(check: UUID) -> str:
    return f"checked/{check}"


def write_file(name: str, data: bytes | File[bytes]) -> None:
    """Store under exactly this name, in place of what was there.

    Raises DiskFullError when there is no room; then what was there is there still.
    """
    content = ContentFile(data) if isinstance(data, bytes) else data
    try:
        default_storage.save(name, content)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise DiskFullError from error
        raise


def read_file(name: str) -> bytes:
    with default_storage.open(name, "rb") as file:
        data: bytes = file.read()
        return data


def file_exists(name: str) -> bool:
    return bool(default_storage.exists(name))


def list_folder(name: str) -> list[str]:
    """What lies in that folder."""
    try:
        return [f"{name}/{file}" for file in default_storage.listdir(name)[1]]
    except FileNotFoundError:
        return []


def remove_files(names: Iterable[str]) -> None:
    """Delete what is there of these; a name that holds nothing is no error."""
    for name in names:
        if name:
            default_storage.delete(name)
