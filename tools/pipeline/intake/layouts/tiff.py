"""TIFF 6.0 and BigTIFF: the first directory, and how many follow."""

import struct
from dataclasses import dataclass

from tools.pipeline.intake.errors import (
    BombError,
    DamagedError,
    NotAnImageError,
    TooManyFramesError,
    TruncatedError,
)
from tools.pipeline.intake.layouts.shape import Shape
from tools.pipeline.intake.limits import Limits
from tools.pipeline.intake.window import Window

KINDS = {1: "B", 3: "H", 4: "I", 16: "Q"}
SUBFILE, WIDTH, HEIGHT, ORIENTATION, SUB_IFDS = 254, 256, 257, 274, 330
SAMPLES, TILE_WIDTH, TILE_HEIGHT = 277, 322, 323
# More than red, green, blue, or cyan, magenta, yellow, black, with a mask and one to spare.
MOST_SAMPLES = 6


# Offsets and lengths of the strips, and of the tiles.
PIECES = ((273, 279), (324, 325))


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where classic TIFF and BigTIFF differ."""

    order: str
    count: str  # of a directory's entries
    offset: str
    entry: int  # bytes of one entry


@dataclass(frozen=True, slots=True)
class Entry:
    kind: int
    count: int
    place: int  # of the values


def read_shape(window: Window, limits: Limits) -> Shape:
    """Also proves that every strip or tile of the first directory lies within the file."""
    dialect, offset = _dialect(window)
    entries, after = _directory(window, dialect, offset)
    _not_raw(window, dialect, entries)
    width = _value(window, dialect, entries.get(WIDTH))
    height = _value(window, dialect, entries.get(HEIGHT))
    if width is None or height is None:
        raise DamagedError
    for offsets, lengths in PIECES:
        if offsets in entries and lengths in entries:
            _within(window, dialect, entries[offsets], entries[lengths], limits)
    area = _tiled(window, dialect, entries, width, height)
    if (_value(window, dialect, entries.get(SAMPLES)) or 1) > MOST_SAMPLES:
        raise DamagedError
    turn = _value(window, dialect, entries.get(ORIENTATION)) or 1
    frames = _frames(window, dialect, offset, after, limits)
    return Shape(width, height, frames, turn if 1 <= turn <= 8 else 1, area=area)


def _tiled(
    window: Window, dialect: Dialect, entries: dict[int, Entry], width: int, height: int
) -> int:
    """How many pixels the tiles hold in all: whole ones, of which the last stand over."""
    if TILE_WIDTH not in entries and TILE_HEIGHT not in entries:
        return 0
    wide = _value(window, dialect, entries.get(TILE_WIDTH))
    high = _value(window, dialect, entries.get(TILE_HEIGHT))
    if not wide or not high:
        raise DamagedError
    return -(-width // wide) * wide * -(-height // high) * high


def _dialect(window: Window) -> tuple[Dialect, int]:
    order = "<" if window.at(0, 1) == b"I" else ">"
    if window.number(order + "H", 2) == 42:
        return Dialect(order, "H", "I", 12), window.number(order + "I", 4)
    return Dialect(order, "Q", "Q", 20), window.number(order + "Q", 8)


def _directory(window: Window, dialect: Dialect, offset: int) -> tuple[dict[int, Entry], int]:
    count = window.number(dialect.order + dialect.count, offset)
    first = offset + struct.calcsize("=" + dialect.count)
    inline = struct.calcsize("=" + dialect.offset)
    if first + count * dialect.entry + inline > window.size:
        raise TruncatedError
    entries = {}
    for place in range(first, first + count * dialect.entry, dialect.entry):
        window.step()
        tag, kind = window.numbers(dialect.order + "HH", place)
        length = window.number(dialect.order + dialect.offset, place + 4)
        values = place + 4 + inline
        if kind in KINDS and length * struct.calcsize("=" + KINDS[kind]) > inline:
            values = window.number(dialect.order + dialect.offset, values)
        if tag in entries:
            raise DamagedError  # decoders take the first of two, or the last
        entries[tag] = Entry(kind, length, values)
    return entries, window.number(dialect.order + dialect.offset, first + count * dialect.entry)


def _value(window: Window, dialect: Dialect, entry: Entry | None) -> int | None:
    if entry is None or entry.kind not in KINDS or entry.count < 1:
        return None
    return window.number(dialect.order + KINDS[entry.kind], entry.place)


def _not_raw(window: Window, dialect: Dialect, entries: dict[int, Entry]) -> None:
    """A camera's raw file is a TIFF whose first picture is a thumbnail of the real one."""
    reduced = _value(window, dialect, entries.get(SUBFILE)) or 0
    if reduced & 1 and SUB_IFDS in entries:
        raise NotAnImageError


def _within(
    window: Window, dialect: Dialect, offsets: Entry, lengths: Entry, limits: Limits
) -> None:
    if offsets.kind not in KINDS or lengths.kind not in KINDS:
        raise DamagedError
    count = min(offsets.count, lengths.count)
    if count > limits.blocks:
        raise BombError
    starts = window.numbers(f"{dialect.order}{count}{KINDS[offsets.kind]}", offsets.place)
    sizes = window.numbers(f"{dialect.order}{count}{KINDS[lengths.kind]}", lengths.place)
    if any(start + size > window.size for start, size in zip(starts, sizes, strict=True)):
        raise TruncatedError


def _frames(window: Window, dialect: Dialect, first: int, after: int, limits: Limits) -> int:
    seen = {first}
    while after:
        if after in seen:
            raise DamagedError
        seen.add(after)
        if len(seen) > limits.frames:
            raise TooManyFramesError
        try:
            count = window.number(dialect.order + dialect.count, after)
            end = after + struct.calcsize("=" + dialect.count) + count * dialect.entry
            after = window.number(dialect.order + dialect.offset, end)
        except TruncatedError:
            break  # only the first page is used, and it is whole
    return len(seen)
