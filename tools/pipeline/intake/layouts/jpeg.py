"""JPEG (ITU-T T.81, annex B): segments up to the first scan; the rest of it for who decodes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tools.pipeline.intake.errors import BombError, DamagedError, TruncatedError
from tools.pipeline.intake.layouts import exif
from tools.pipeline.intake.layouts.shape import Shape
from tools.pipeline.intake.limits import Limits
from tools.pipeline.intake.window import Window

APP1 = 0xE1
SCAN = 0xDA
START, END = 0xD8, 0xD9
# All of C0..CF are frame headers, but for the tables of Huffman and arithmetic coding and JPG.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Markers that stand alone, without a length.
BARE = frozenset({0x01, *range(0xD0, 0xD9)})
# The next marker: behind FF neither a stuffed nought nor a fill byte, nor a restart.
MARKER = re.compile(rb"\xff[^\x00\x01\xff\xd0-\xd7]")
# Bytes between two segments, which belong to neither, that decoders pass over.
MOST_JUNK = 4096


def read_shape(window: Window, _limits: Limits) -> Shape:
    width = height = 0
    framed, turn = False, 1
    for marker, offset, length in _segments(window):
        if marker in FRAMES:
            if framed:
                raise DamagedError
            height, width = window.numbers(">HH", offset + 5)
            framed = True
        elif marker == APP1 and turn == 1 and window.at(offset + 4, 4) == b"Exif":
            turn = exif.read_orientation(window.at(offset + 4, length - 2))
    if not framed:
        raise DamagedError
    return Shape(width, height, orientation=turn)


def _segments(window: Window) -> Iterator[tuple[int, int, int]]:
    """Marker, place of it, and length behind it, of all segments before the first scan."""
    offset = 2
    while True:
        window.step()
        prefix, marker = window.numbers(">BB", offset)
        if prefix != 0xFF:
            offset = _after_junk(window, offset)
        elif marker == 0xFF:  # any number of fill bytes may stand before a marker
            offset += 1
        elif marker in BARE or marker == 0:
            offset += 2
        elif marker in {SCAN, END}:
            return
        else:
            length = window.number(">H", offset + 2)
            if length < 2:
                raise DamagedError
            yield marker, offset, length
            offset += 2 + length


def _after_junk(window: Window, offset: int) -> int:
    near = window.at(offset, min(MOST_JUNK, window.size - offset))
    found = near.find(b"\xff")
    if found < 0:
        raise TruncatedError if offset + len(near) == window.size else DamagedError
    return offset + found


@dataclass(frozen=True, slots=True)
class Body:
    """`end` is behind the end marker, or behind all that is there where that is missing."""

    end: int
    has_end: bool
    scans: int


def find_end(data: bytes, pixels: int, limits: Limits) -> Body:
    """Where the picture itself ends: phones append films, and other pictures. Raises BombError
    where decoding would go over it too often, and DamagedError where it changes its size midway.
    """
    scans, offset = 0, 2
    while found := MARKER.search(data, offset):
        marker = found.group()[1]
        if marker == END:
            return Body(found.end(), has_end=True, scans=scans)
        length = int.from_bytes(data[found.end() : found.end() + 2], "big")
        if marker == SCAN:
            scans += 1
            if scans > limits.scans or scans * pixels > limits.scan_pixels:
                raise BombError
        elif marker in FRAMES and scans:
            raise DamagedError
        offset = found.end() + (0 if marker == START else length)
    return Body(len(data), has_end=False, scans=scans)
