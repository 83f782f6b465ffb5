"""Weights out of the net: pinned, resumed where they broke off, and believed only when they are
what they should be.
"""

import fnmatch
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from tools.pipeline.weights import places, soundness
from tools.pipeline.weights.catalogue import File, Weights

# Left on the disk for everybody else.
SPARE = 500_000_000
HUB = "https://huggingface.co"
SECONDS = 60.0
PARTIAL = 206
NO_SUCH_RANGE = 416

# Told of a file: how much of it has come, of how much.
Progress = Callable[[str, int, int], None]


class WeightsError(Exception):
    """Weights that could not be had; the words are for the operator."""


def fetch_weights(weights: Weights, progress: Progress | None = None) -> Path:
    """The folder with the weights, fetched as far as they are not there and sound.

    Raises WeightsError. What has come before a failure is gone on from the next time.
    """
    refuse_if_needless(weights)
    home = places.place.home(weights)
    with httpx.Client(timeout=SECONDS, follow_redirects=True, headers=token(weights)) as client:
        try:
            files = list(listed(weights, client))
            needed = [file for file in files if not is_sound(home / file.path, file)]
            refuse_if_full(home, needed)
            for file in needed:
                download(client, file, home / file.path, progress)
        except httpx.HTTPError as error:
            raise WeightsError(f"{weights.name}: {error}") from error
    if weights.repo:
        manifest(weights, home, files)
    return home


def refuse_if_needless(weights: Weights) -> None:
    if weights.own:
        folder = places.place.home(weights)
        raise WeightsError(
            f"{weights.name} are weights of your own: put a file {weights.own} into {folder}."
        )
    for variable in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        if os.environ.get(variable, "").lower() in {"1", "true", "yes", "on"}:
            raise WeightsError(f"{variable} is set: nothing is fetched.")


def refuse_if_full(home: Path, files: list[File]) -> None:
    home.mkdir(parents=True, exist_ok=True)
    there = (size_of(partial(home / file.path)) for file in files)
    missing = sum(file.bytes for file in files) - sum(there)
    free = shutil.disk_usage(home).free
    if missing + SPARE > free:
        raise WeightsError(f"{missing / 1e9:.1f} GB are wanted and {free / 1e9:.1f} GB are free.")


def token(weights: Weights) -> dict[str, str]:
    given = os.environ.get("HF_TOKEN", "")
    return {"Authorization": f"Bearer {given}"} if given and weights.repo else {}


def listed(weights: Weights, client: httpx.Client) -> Iterator[File]:
    """The files with their SHA-256; of a repository, as the hub gives them for the commit."""
    yield from weights.files
    if not weights.repo:
        return
    hub = os.environ.get("HF_ENDPOINT", HUB).rstrip("/")
    asked = f"{hub}/api/models/{weights.repo}/tree/{weights.revision}"
    answer = client.get(asked, params={"recursive": "true"})
    answer.raise_for_status()
    for item in answer.json():
        path = item["path"]
        if item["type"] != "file" or not any(fnmatch.fnmatch(path, one) for one in weights.include):
            continue
        url = f"{hub}/{weights.repo}/resolve/{weights.revision}/{path}"
        # Small files have git's own hash in place of a SHA-256: see `is_what_was_said`.
        sha256 = (item.get("lfs") or {}).get("oid") or f"git:{item['oid']}"
        yield File(path=safe(path), url=url, sha256=sha256, bytes=item["size"])


def safe(path: str) -> str:
    """The path, refused if it leads out of the folder."""
    if Path(path).is_absolute() or ".." in Path(path).parts:
        raise WeightsError(f"The hub names a file {path}.")
    return path


def download(client: httpx.Client, file: File, path: Path, progress: Progress | None) -> None:
    """Fetch into a file beside, go on where it ends, and move it into place when it is right."""
    part = partial(path)
    part.parent.mkdir(parents=True, exist_ok=True)
    begun = size_of(part)
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={begun}-"} if begun else {})
    with client.stream("GET", file.url, headers=headers) as answer:
        if answer.status_code != NO_SUCH_RANGE:
            answer.raise_for_status()
            goes_on = answer.status_code == PARTIAL
            done = begun if goes_on else 0
            with part.open("ab" if goes_on else "wb") as out:
                for chunk in answer.iter_raw():
                    out.write(chunk)
                    done += len(chunk)
                    if progress:
                        progress(file.path, done, file.bytes)
    if not is_what_was_said(part, file):
        part.unlink()
        raise WeightsError(f"{file.url} is not what it should be, and was thrown away.")
    part.replace(path)


def is_sound(path: Path, file: File) -> bool:
    if not path.is_file() or (file.bytes and path.stat().st_size != file.bytes):
        return False
    return is_what_was_said(path, file)


def is_what_was_said(path: Path, file: File) -> bool:
    kind, _, expected = file.sha256.rpartition(":")
    if kind == "git":
        data = path.read_bytes()
        blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False)
        return blob.hexdigest() == expected
    found = soundness.digest(path)
    soundness.record_check(path, found)
    return found == expected


def manifest(weights: Weights, home: Path, files: list[File]) -> None:
    """Write down what came, so that it can be verified without the hub."""
    said: dict[str, Any] = {"repo": weights.repo, "revision": weights.revision, "files": {}}
    for file in files:
        path = home / file.path
        said["files"][file.path] = {"sha256": soundness.digest(path), "bytes": path.stat().st_size}
    (home / places.MANIFEST).write_text(json.dumps(said, indent=1), encoding="utf-8")


def partial(path: Path) -> Path:
    return path.with_name(path.name + ".part")


def size_of(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
