"""HEIC and AVIF (ISO/IEC 23008-12): the boxes that tell the size of the primary picture."""

from collections.abc import Iterator
from typing import NamedTuple

from tools.pipeline.intake.errors import (
    DamagedError,
    TooManyFramesError,
    TooManyPixelsError,
    TruncatedError,
)
from tools.pipeline.intake.layouts.shape import Shape
from tools.pipeline.intake.limits import Limits
from tools.pipeline.intake.window import Window

# The path to the table that counts the samples of an image sequence's track.
SAMPLES = (b"trak", b"mdia", b"minf", b"stbl", b"stsz")
# EXIF's orientation for a turn of 0, 90, 180, 270 degrees against the clock.
TURNS = (1, 8, 3, 6)


class Box(NamedTuple):
    kind: bytes
    start: int  # of what is in it
    end: int


def read_shape(window: Window, limits: Limits) -> Shape:
    """The turn is told only to swap width and height: the decoders turn these pictures themselves
    (`irot`), and EXIF's word on it is not to be followed.
    """
    found: Shape | None = None
    frames = 1
    for box in _boxes(window, 0, window.size):
        if box.kind == b"meta":
            found = _primary(window, box, limits)
        elif box.kind == b"moov":
            frames = max(frames, _samples(window, box, SAMPLES))
            if frames > limits.frames:
                raise TooManyFramesError
    if found is None:
        raise DamagedError
    return found._replace(frames=frames)


def _boxes(window: Window, offset: int, end: int) -> Iterator[Box]:
    while offset + 8 <= end:
        window.step()
        length, kind = window.number(">I", offset), window.at(offset + 4, 4)
        start = offset + 8
        if length == 1:
            length, start = window.number(">Q", offset + 8), offset + 16
        elif length == 0:
            length = end - offset
        if length < start - offset:
            raise DamagedError
        if offset + length > end:
            raise TruncatedError if end == window.size else DamagedError
        yield Box(kind, start, offset + length)
        offset += length


def _primary(window: Window, meta: Box, limits: Limits) -> Shape | None:
    item, properties, links = _items(window, meta)
    linked = set(links.get(item, ()))
    own: dict[bytes, list[Box]] = {}
    for index, box in enumerate(properties, 1):
        if index in linked:
            own.setdefault(box.kind, []).append(box)
        else:
            _harmless(window, box, limits)
    if b"ispe" not in own:
        return None
    # Encoders fill up whole blocks and let the reader cut them off.
    size = _clean(window, own[b"clap"][0]) if b"clap" in own else _size(window, own[b"ispe"][0])
    turn = TURNS[window.number("B", own[b"irot"][0].start) & 3] if b"irot" in own else 1
    named = [box for box in own.get(b"colr", ()) if window.at(box.start, 4) == b"nclx"]
    colours: tuple[int, int] | None = None
    if named:
        primaries, curve = window.numbers(">HH", named[0].start + 4)
        colours = primaries, curve
    return Shape(*size, orientation=turn, colours=colours)


def _items(window: Window, meta: Box) -> tuple[int, list[Box], dict[int, list[int]]]:
    """The primary item's number, all properties, and which of them (from 1) each item has."""
    item = 0
    properties: list[Box] = []
    links: dict[int, list[int]] = {}
    for box in _boxes(window, meta.start + 4, meta.end):
        if box.kind == b"pitm":
            wide = window.number("B", box.start) > 0
            item = window.number(">I" if wide else ">H", box.start + 4)
        elif box.kind == b"iprp":
            for part in _boxes(window, box.start, box.end):
                if part.kind == b"ipco":
                    properties = list(_boxes(window, part.start, part.end))
                elif part.kind == b"ipma":
                    links |= _links(window, part)
    return item, properties, links


def _harmless(window: Window, box: Box, limits: Limits) -> None:
    """Tiles, thumbnails and masks are decoded too: none may be larger than a photo."""
    if box.kind == b"ispe":
        width, height = _size(window, box)
        if width * height > limits.pixels:
            raise TooManyPixelsError


def _size(window: Window, ispe: Box) -> tuple[int, int]:
    width, height = window.numbers(">II", ispe.start + 4)
    return width, height


def _clean(window: Window, clap: Box) -> tuple[int, int]:
    width, width_by, height, height_by = window.numbers(">IIII", clap.start)
    if width_by == 0 or height_by == 0:
        raise DamagedError
    return round(width / width_by), round(height / height_by)


def _links(window: Window, ipma: Box) -> dict[int, list[int]]:
    """Which properties (counted from 1) belong to which item."""
    version, _, _, flags = window.numbers("BBBB", ipma.start)
    count = window.number(">I", ipma.start + 4)
    offset, found = ipma.start + 8, {}
    for _ in range(count):
        window.step()
        item = window.number(">I" if version else ">H", offset)
        offset += 4 if version else 2
        linked = window.number("B", offset)
        offset += 1
        if flags & 1:
            found[item] = [index & 0x7FFF for index in window.numbers(f">{linked}H", offset)]
        else:
            found[item] = [index & 0x7F for index in window.numbers(f"{linked}B", offset)]
        offset += linked * (2 if flags & 1 else 1)
    return found


def _samples(window: Window, box: Box, path: tuple[bytes, ...]) -> int:
    if not path:
        return window.number(">I", box.start + 8)
    inner = (part for part in _boxes(window, box.start, box.end) if part.kind == path[0])
    return max((_samples(window, part, path[1:]) for part in inner), default=0)
