"""Step results on disk: bounded, shared by all workers of a machine, kept over a restart."""

import json
import logging
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import IO, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tools.pipeline.graph import Address
from tools.pipeline.step_files import note_photos, step_path

logger = logging.getLogger(__name__)

Value: TypeAlias = NDArray[Any] | Mapping[str, Any]
# How a file of several values begins; one of a single array begins as numpy's own do.
MAGIC = b"values1\n"
NUMPY = b"\x93NUMPY"
HEAD_BYTES = 8  # say how long the head is
ALIGNMENT = 64


class StepStore:
    """Values by address, in files of one folder; the least recently used go first.

    Any number of processes may share the folder. A file that cannot be read counts as not there;
    a value that cannot be written (the disk is full) is only not kept.
    """

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self.folder = folder
        self.max_bytes = max_bytes
        self.written = 0

    def __contains__(self, address: Address) -> bool:
        return self.path(address).exists()

    def path(self, address: Address) -> Path:
        return step_path(self.folder, address)

    def get(self, address: Address) -> Value | None:
        path = self.path(address)
        try:
            value = read_value(path)
            os.utime(path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, EOFError) as error:
            logger.warning("Step result %s is not readable and was dropped: %s", address, error)
            path.unlink(missing_ok=True)
            return None
        return value

    def put(self, address: Address, value: Value, photos: Iterable[str] = ()) -> None:
        """Keep the value, and of which photos it is (digests of their pixels)."""
        path = self.path(address)
        try:
            note_photos(self.folder, address, photos)
            path.parent.mkdir(parents=True, exist_ok=True)
            self.written += write_value(path, value)
        except OSError as error:
            logger.warning("Step result %s could not be kept: %s", address, error)
        # Looking at every file costs; a process does so once per sixteenth of the room.
        if self.written > self.max_bytes // 16:
            self.written = 0
            self.trim()

    def trim(self) -> None:
        """Delete the least recently used until nine tenths of the room are left in use."""
        files = []
        for path in self.folder.glob("??/*"):
            with suppress(FileNotFoundError):
                stat = path.stat()
                files.append((stat.st_mtime_ns, stat.st_size, path))
        total = sum(size for _, size, _ in files)
        if total <= self.max_bytes:
            return
        for _, size, path in sorted(files):
            path.unlink(missing_ok=True)
            total -= size
            if total <= self.max_bytes * 9 // 10:
                return


def read_value(path: Path) -> Value:
    """A step's value: one array or several (H×W…, of any kind and range), and facts beside them.

    Mapped, not read: a step that needs a part touches a part, and nobody can write to it. Raises
    ValueError for what is neither, as an earlier version's archives are.
    """
    with path.open("rb") as file:
        magic = file.read(len(MAGIC))
        if magic.startswith(NUMPY):
            mapped: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
            return mapped
        if magic != MAGIC:
            raise ValueError(magic)
        head = json.loads(file.read(int.from_bytes(file.read(HEAD_BYTES))))
        begin = aligned(file.tell())
    values: dict[str, Any] = head["plain"]
    whole = np.asarray(np.memmap(path, np.uint8, mode="r"))
    for name, kind, shape, start, size in head["arrays"]:
        part = whole[begin + start : begin + start + size]
        values[name] = part.view(kind).reshape(shape)
    return values


def write_value(path: Path, value: Value) -> int:
    """The bytes written of a value: arrays (H×W…, of any kind and range) and facts beside them.

    Written beside and moved into place, so that no reader ever sees half a file. Raises OSError.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            if isinstance(value, np.ndarray):
                np.save(file, value, allow_pickle=False)
            else:
                pack(file, value)
            size = file.tell()
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return size


def pack(file: IO[bytes], value: Mapping[str, Any]) -> None:
    """A head as JSON (what is plain, and where each array lies), and the arrays as they are.

    An npz would do, but cannot be mapped, and reading one of forty megabytes takes 0.1 s.
    """
    arrays = {
        key: np.asarray(item, order="C")
        for key, item in value.items()
        if isinstance(item, np.ndarray)
    }
    starts = [0, *accumulate(aligned(item.nbytes) for item in arrays.values())]
    places = [
        (key, item.dtype.str, item.shape, start, item.nbytes)
        for (key, item), start in zip(arrays.items(), starts, strict=False)
    ]
    plain = {key: item for key, item in value.items() if key not in arrays}
    head = json.dumps({"plain": plain, "arrays": places}).encode()
    file.write(MAGIC + len(head).to_bytes(HEAD_BYTES) + head)
    for item in arrays.values():
        file.write(bytes(aligned(file.tell()) - file.tell()))
        file.write(item.data)


def aligned(place: int) -> int:
    return -(-place // ALIGNMENT) * ALIGNMENT


def read_facts(value: Value) -> dict[str, Any]:
    """What a value says in words and numbers, beside its pixels (H×W… of any kind and range)."""
    if isinstance(value, np.ndarray):
        return {}
    return {key: item for key, item in value.items() if not isinstance(item, np.ndarray)}
