"""Where step results lie in a folder, and which photos each of them was computed from."""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from tools.pipeline.graph import Address

# Beside the results a folder for each photo, by the digest of its pixels: an empty file for each
# result that has seen it.
BY_PHOTO = "by-photo"


def step_path(folder: Path, address: Address) -> Path:
    return folder / address[:2] / address


def note_photos(folder: Path, address: Address, photos: Iterable[str]) -> None:
    """Say whose the result is; before it is there, so that nothing is there unsaid. Raises OSError."""
    for digest in photos:
        note = folder / BY_PHOTO / digest / address
        note.parent.mkdir(parents=True, exist_ok=True)
        note.touch()


def forget_photo(folder: Path, digest: str) -> None:
    """Delete every result that was computed from the photo with these pixels."""
    noted = folder / BY_PHOTO / digest
    with suppress(FileNotFoundError):
        for note in noted.iterdir():
            step_path(folder, Address(note.name)).unlink(missing_ok=True)
        shutil.rmtree(noted)


def list_photos(folder: Path) -> list[str]:
    """The digests of the photos of which there are results."""
    with suppress(FileNotFoundError):
        return [path.name for path in (folder / BY_PHOTO).iterdir()]
    return []
