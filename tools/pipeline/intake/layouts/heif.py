"""HEIC and AVIF (ISO/IEC 23008-12): the size of the primary picture, in its boxes and its data."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tools.pipeline.intake.errors import (
    BombError,
    DamagedError,
    TooManyFramesError,
    TooManyPixelsError,
)
from tools.pipeline.intake.layouts import av1, hevc
from tools.pipeline.intake.layouts.boxes import Box, list_boxes
from tools.pipeline.intake.layouts.items import Items, read_items
from tools.pipeline.intake.layouts.shape import Crop, Shape
from tools.pipeline.intake.limits import Limits
from tools.pipeline.intake.window import Window

# The path to the table that counts the samples of an image sequence's track.
SAMPLES = (b"trak", b"mdia", b"minf", b"stbl", b"stsz")
# EXIF's orientation for a turn of 0, 90, 180, 270 degrees against the clock.
TURNS = (1, 8, 3, 6)
# What coders add to fill whole blocks: the largest block of AV1 and HEVC is of 128 and 64.
BLOCK = 128
# Pictures made of others, made of others…
DEEPEST = 4
# Of so many parts at most: a phone's 64 megapixels are 300 tiles.
MOST_PARTS = 4096


class Size(NamedTuple):
    width: int
    height: int

    @property
    def area(self) -> int:
        return self.width * self.height


def read_shape(window: Window, limits: Limits) -> Shape:
    """The turn is told only to swap width and height: the decoders turn these pictures themselves
    (`irot`), and EXIF's word on it is not to be followed.
    """
    found: Shape | None = None
    frames = 1
    for box in list_boxes(window, 0, window.size):
        if box.kind == b"meta":
            if found is not None:
                raise DamagedError
            found = _primary(window, read_items(window, box), limits)
        elif box.kind == b"moov":
            frames = max(frames, _samples(window, box, SAMPLES))
            if frames > limits.frames:
                raise TooManyFramesError
    if found is None:
        raise DamagedError
    return found._replace(frames=frames)


def _primary(window: Window, items: Items, limits: Limits) -> Shape:
    item = items.primary
    coded = _size(window, items, item)
    _check_others(window, items, limits)
    layout = Layout(window, items, limits)
    layout.add(item, coded, DEEPEST)
    for part, to in items.references.items():
        # Masks lie beside the picture and refer to it; they are decoded with it.
        if part[0] == b"auxl" and item in to:
            layout.add(part[1], _size(window, items, part[1]), DEEPEST)
    crops = items.list_own(item, b"clap")
    crop = _crop(window, crops[0], coded) if crops else None
    turns = items.list_own(item, b"irot")
    turn = TURNS[window.number("B", turns[0].start) & 3] if turns else 1
    named = [b for b in items.list_own(item, b"colr") if window.at(b.start, 4) == b"nclx"]
    colours: tuple[int, int] | None = None
    if named:
        primaries, curve = window.numbers(">HH", named[0].start + 4)
        colours = primaries, curve
    shown = Size(crop.width, crop.height) if crop else coded
    return Shape(
        *shown,
        orientation=turn,
        colours=colours,
        coded=coded,
        crop=crop,
        area=layout.area,
        unlink=tuple(items.find_links(item, b"clap")),
    )


def _check_others(window: Window, items: Items, limits: Limits) -> None:
    """Whatever else lies in the file may be decoded too: none of it is larger than a photo."""
    own = items.links.get(items.primary, ())
    for index, box in enumerate(items.properties, 1):
        if box.kind == b"ispe" and index not in own:
            width, height = window.numbers(">II", box.start + 4)
            if width * height > limits.pixels:
                raise TooManyPixelsError


class Layout:
    """Adds up what decoding lays out: the parts of a picture made of others, each by the size that
    stands in its own coded data.
    """

    def __init__(self, window: Window, items: Items, limits: Limits) -> None:
        self.window, self.items, self.limits = window, items, limits
        self.area = 0
        self.parts = 0

    def add(self, item: int, said: Size, depth: int) -> None:
        """Raises DamagedError where the parts do not make up the size that the file says."""
        self.parts += 1
        if depth < 0 or self.parts > MOST_PARTS:
            raise BombError
        self.area += said.area
        kind = self.items.kinds.get(item, b"")
        below = self.items.references.get((b"dimg", item), [])
        if kind == b"grid":
            self._grid(item, said, below)
        elif kind == b"iovl":
            self._overlay(item, said)
        elif kind in CODED:
            for size in CODED[kind](self.window, self.items, item):
                _compare(said, size)
        for part in below:
            self.add(part, _size(self.window, self.items, part), depth - 1)

    def _grid(self, item: int, said: Size, tiles: list[int]) -> None:
        data = self.items.read_data(self.window, item, 0, 12)
        if len(data) < 8:
            raise DamagedError
        wide = 4 if data[1] & 1 else 2
        rows, columns = data[2] + 1, data[3] + 1
        size = Size(*(int.from_bytes(data[at : at + wide], "big") for at in (4, 4 + wide)))
        if size != said or rows * columns != len(tiles):
            raise DamagedError
        tile = _size(self.window, self.items, tiles[0])
        if tile.width * columns < size.width or tile.height * rows < size.height:
            raise DamagedError
        if any(_size(self.window, self.items, other) != tile for other in tiles):
            raise DamagedError

    def _overlay(self, item: int, said: Size) -> None:
        """Canvas and layers: the canvas stands behind its colour of eight bytes."""
        data = self.items.read_data(self.window, item, 0, 18)
        wide = 4 if data[1:2] and data[1] & 1 else 2
        size = Size(*(int.from_bytes(data[at : at + wide], "big") for at in (10, 10 + wide)))
        if size != said:
            raise DamagedError


def _av1_sizes(window: Window, items: Items, item: int) -> Iterator[tuple[int, int]]:
    def at(offset: int, length: int) -> bytes:
        return items.read_data(window, item, offset, length)

    yield from av1.read_sizes(at, items.measure_data(item))


def _hevc_sizes(window: Window, items: Items, item: int) -> Iterator[tuple[int, int]]:
    """Those of the configuration, and those that stand in the data, where decoders take them, too."""
    for record in items.list_own(item, b"hvcC"):
        for unit in hevc.read_config(window.at(record.start, record.end - record.start)):
            if hevc.is_parameters(unit):
                yield hevc.read_size(unit)
    offset, size = 0, items.measure_data(item)
    while offset + 4 < size:
        length = int.from_bytes(items.read_data(window, item, offset, 4), "big")
        unit = items.read_data(window, item, offset + 4, min(length, 2))
        if hevc.is_parameters(unit):
            whole = min(length, 2 + hevc.LONGEST)
            yield hevc.read_size(items.read_data(window, item, offset + 4, whole))
        offset += 4 + length


CODED: dict[bytes, Callable[[Window, Items, int], Iterator[tuple[int, int]]]] = {
    b"av01": _av1_sizes,
    b"hvc1": _hevc_sizes,
    b"hev1": _hevc_sizes,
}


def _compare(said: Size, coded: tuple[int, int]) -> None:
    """The size beside the data is that in the data, but for what fills up blocks."""
    for side, of_data in zip(said, coded, strict=True):
        if not side <= of_data <= side + BLOCK:
            raise DamagedError


def _size(window: Window, items: Items, item: int) -> Size:
    found = {Size(*window.numbers(">II", box.start + 4)) for box in items.list_own(item, b"ispe")}
    if len(found) != 1:
        raise DamagedError
    return found.pop()


def _crop(window: Window, clap: Box, coded: Size) -> Crop | None:
    """The clean aperture in whole pixels; none where it is not within the picture, as browsers do."""
    numbers = window.numbers(">IIIIiIiI", clap.start)
    if 0 in numbers[1::2]:
        raise DamagedError
    width, height, right, down = (
        over / by for over, by in zip(numbers[::2], numbers[1::2], strict=True)
    )
    # The offsets are those of the centres.
    left = (coded.width - width) / 2 + right
    top = (coded.height - height) / 2 + down
    crop = Crop(round(left), round(top), round(width), round(height))
    inside = (
        min(crop.left, crop.top) >= 0
        and crop.left + crop.width <= coded.width
        and crop.top + crop.height <= coded.height
    )
    return crop if inside and crop[2:] != coded else None


def _samples(window: Window, box: Box, path: tuple[bytes, ...]) -> int:
    if not path:
        return window.number(">I", box.start + 8)
    inner = (part for part in list_boxes(window, box.start, box.end) if part.kind == path[0])
    return max((_samples(window, part, path[1:]) for part in inner), default=0)
