"""Whether files are what they should be: hashed once, and remembered until they change."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from tools.pipeline.weights import places
from tools.pipeline.weights.catalogue import Weights

CHUNK = 1 << 22
SHA256_LETTERS = 64


def find_damage(weights: Weights, folder: Path) -> str | None:
    """What is known to be wrong with the files, without reading them; None if nothing is."""
    for path, sha256, size in list_expected_files(weights, folder):
        if not path.is_file():
            return f"{path.name} is missing"
        if size and path.stat().st_size != size:
            return f"{path.name} has {path.stat().st_size:,} bytes, and should have {size:,}"
        mark = read_mark(path)
        if mark is not None and mark != sha256:
            return f"{path.name} is damaged" if sha256 else mark
    return None


def verify_weights(
    weights: Weights, folder: Path, progress: Callable[[int], None] | None = None
) -> str | None:
    """As `find_damage`, but every file is read whose present state was not read before."""
    if reason := find_damage(weights, folder):
        return reason
    for path, sha256, _ in list_expected_files(weights, folder):
        if sha256 and read_mark(path) != sha256:
            record_check(path, digest(path, progress))
    return find_damage(weights, folder)


def list_expected_files(weights: Weights, folder: Path) -> Iterator[tuple[Path, str, int]]:
    """Each file with its SHA-256 ("" where nobody knows it) and its size (0, as well)."""
    if weights.own:
        if file := places.own_file(folder, weights):
            brought = places.read_brought(folder)
            is_it = brought is not None and brought.file == file.name
            yield file, brought.sha256 if brought and is_it else "", 0
        return
    for known in weights.files:
        yield folder / known.path, known.sha256, known.bytes
    if weights.repo:
        yield from expected_of_repository(weights, folder)


def expected_of_repository(weights: Weights, folder: Path) -> Iterator[tuple[Path, str, int]]:
    """By the manifest that we wrote when fetching, or by the names in the hub's cache: there a
    large file is a link to one that is named by its SHA-256.
    """
    manifest = folder / places.MANIFEST
    if manifest.is_file():
        for path, said in json.loads(manifest.read_text(encoding="utf-8"))["files"].items():
            yield folder / path, said["sha256"], said["bytes"]
        return
    for name in weights.required:
        path = folder / name
        blob = path.resolve().name
        yield path, blob if path.is_symlink() and len(blob) == SHA256_LETTERS else "", 0


def digest(path: Path, progress: Callable[[int], None] | None = None) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
            if progress:
                progress(len(chunk))
    return found.hexdigest()


def record_check(path: Path, said: str) -> None:
    """Remember of the file as it is now: its SHA-256, or the words of what is wrong with it."""
    # A folder that cannot be written to costs a second reading, no more.
    with suppress(OSError):
        name = note(path)
        name.parent.mkdir(parents=True, exist_ok=True)
        name.write_text(json.dumps([*state(path), said]), encoding="utf-8")


def read_mark(path: Path) -> str | None:
    """What was remembered of the file, if it has not changed since."""
    try:
        size, changed, said = json.loads(note(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return str(said) if [size, changed] == state(path) else None


def state(path: Path) -> list[int]:
    now = path.stat()
    return [now.st_size, now.st_mtime_ns]


def note(path: Path) -> Path:
    name = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:32]
    return places.place.folder / ".checked" / name
