"""Download names: after the photo, so that files are found again beside it."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from tools.models import Archive, Export, Photo

# What some system takes for a path, a drive or a wish, or cannot have in a name.
UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


def export_name(row: Export) -> str:
    """The photo's own name, what was done to it, and the ending of what it is now."""
    purpose = row.options.get("market") or row.attempt.tool
    suffix = "jpg" if row.format == "jpeg" else row.format
    return f"{stem(row.attempt.photo)}-{purpose}.{suffix}"


def zip_name(row: Archive) -> str:
    return f"{stem(row.photo)}-favourites.zip"


def stem(photo: Photo) -> str:
    return UNSAFE.sub("-", PurePath(photo.name).stem).strip(" .") or "photo"


def number_doubles(names: Iterable[str]) -> Iterator[str]:
    """The same names, numbered where one has been there before."""
    seen: set[str] = set()
    for given in names:
        path, name, count = PurePath(given), given, 1
        # Some systems take names for the same that differ in case only.
        while name.casefold() in seen:
            count += 1
            name = f"{path.stem}-{count}{path.suffix}"
        seen.add(name.casefold())
        yield name
