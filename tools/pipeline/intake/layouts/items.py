"""Items of a HEIF file (ISO/IEC 14496-12, 8.11): what they are, what they refer to, where they lie."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tools.pipeline.intake.errors import DamagedError, TruncatedError
from tools.pipeline.intake.layouts.boxes import Box, list_boxes
from tools.pipeline.intake.window import Window


class Extent(NamedTuple):
    offset: int
    length: int


@dataclass
class Items:
    """`properties` are counted from 1 by `links`; `references` are those of one kind from one item."""

    primary: int = 0
    kinds: dict[int, bytes] = field(default_factory=dict)
    properties: list[Box] = field(default_factory=list)
    links: dict[int, list[int]] = field(default_factory=dict)
    references: dict[tuple[bytes, int], list[int]] = field(default_factory=dict)
    places: dict[int, list[Extent]] = field(default_factory=dict)
    # Where in the file each item's links stand, one after the other from there, and how long one is.
    tables: dict[int, Extent] = field(default_factory=dict)

    def list_own(self, item: int, kind: bytes) -> list[Box]:
        """The item's properties of a kind."""
        found = []
        for index in self.links.get(item, ()):
            if index > len(self.properties):
                raise DamagedError
            if index and self.properties[index - 1].kind == kind:
                found.append(self.properties[index - 1])
        return found

    def find_links(self, item: int, kind: bytes) -> Iterator[tuple[int, int]]:
        """Where the item is linked to properties of a kind: place and length."""
        start, wide = self.tables.get(item, Extent(0, 0))
        for place, index in enumerate(self.links.get(item, ())):
            if 0 < index <= len(self.properties) and self.properties[index - 1].kind == kind:
                yield start + place * wide, wide

    def measure_data(self, item: int) -> int:
        return sum(extent.length for extent in self.places.get(item, ()))

    def read_data(self, window: Window, item: int, offset: int, length: int) -> bytes:
        """That part of the item's data; less of it at the end."""
        parts = []
        for extent in self.places.get(item, ()):
            window.step()
            if length <= 0:
                break
            if offset < extent.length:
                here = min(extent.length - offset, length)
                parts.append(window.at(extent.offset + offset, here))
                length -= here
            offset = max(0, offset - extent.length)
        return b"".join(parts)


def read_items(window: Window, meta: Box) -> Items:
    items = Items()
    boxes: dict[bytes, Box] = {}
    for box in list_boxes(window, meta.start + 4, meta.end):
        if box.kind in boxes and box.kind in {b"pitm", b"iloc", b"iinf", b"iref", b"iprp"}:
            raise DamagedError  # two tables, of which decoders may take either
        boxes[box.kind] = box
    if b"pitm" in boxes:
        items.primary = _wide(window, boxes[b"pitm"].start, boxes[b"pitm"].start + 4)[0]
    if b"iinf" in boxes:
        _kinds(window, boxes[b"iinf"], items)
    if b"iref" in boxes:
        _references(window, boxes[b"iref"], items)
    if b"iprp" in boxes:
        _properties(window, boxes[b"iprp"], items)
    if b"iloc" in boxes:
        _places(window, boxes[b"iloc"], boxes.get(b"idat"), items)
    return items


def _wide(window: Window, start: int, offset: int) -> tuple[int, int]:
    """A number of two bytes, or of four where the box's version says so; and what is behind it."""
    if window.number("B", start) > 0:
        return window.number(">I", offset), offset + 4
    return window.number(">H", offset), offset + 2


def _kinds(window: Window, iinf: Box, items: Items) -> None:
    _, offset = _wide(window, iinf.start, iinf.start + 4)
    for box in list_boxes(window, offset, iinf.end):
        version = window.number("B", box.start)
        if box.kind != b"infe" or version < 2:
            continue
        number, wide = (">I", 4) if version == 3 else (">H", 2)
        item = window.number(number, box.start + 4)
        items.kinds[item] = window.at(box.start + 4 + wide + 2, 4)


def _references(window: Window, iref: Box, items: Items) -> None:
    shape, size = (">I", 4) if window.number("B", iref.start) else (">H", 2)
    for box in list_boxes(window, iref.start + 4, iref.end):
        item = window.number(shape, box.start)
        count = window.number(">H", box.start + size)
        first = box.start + size + 2
        if first + count * size > box.end:
            raise DamagedError
        to = [window.number(shape, first + size * place) for place in range(count)]
        items.references.setdefault((box.kind, item), []).extend(to)


def _properties(window: Window, iprp: Box, items: Items) -> None:
    for part in list_boxes(window, iprp.start, iprp.end):
        if part.kind == b"ipco":
            items.properties = list(list_boxes(window, part.start, part.end))
        elif part.kind == b"ipma":
            _link(window, part, items)


def _link(window: Window, ipma: Box, items: Items) -> None:
    """Which properties (counted from 1) belong to which item."""
    version, _, _, flags = window.numbers("BBBB", ipma.start)
    count = window.number(">I", ipma.start + 4)
    offset = ipma.start + 8
    for _ in range(count):
        window.step()
        item = window.number(">I" if version else ">H", offset)
        offset += 4 if version else 2
        linked = window.number("B", offset)
        offset += 1
        if item in items.links:
            raise DamagedError
        wide = 2 if flags & 1 else 1
        mask = 0x7FFF if flags & 1 else 0x7F
        numbers = window.numbers(f">{linked}{'H' if flags & 1 else 'B'}", offset)
        items.links[item] = [number & mask for number in numbers]
        items.tables[item] = Extent(offset, wide)
        offset += linked * wide


def _places(window: Window, iloc: Box, idat: Box | None, items: Items) -> None:
    version, _, _, _, sizes, more = window.numbers("BBBBBB", iloc.start)
    of_offset, of_length, of_base = sizes >> 4, sizes & 15, more >> 4
    of_index = more & 15 if version in {1, 2} else 0
    wide = 4 if version == 2 else 2
    offset = iloc.start + 6
    count, offset = _sized(window, offset, wide)
    for _ in range(count):
        window.step()
        item, offset = _sized(window, offset, wide)
        method = 0
        if version in {1, 2}:
            method, offset = _sized(window, offset, 2)
        offset += 2
        base, offset = _sized(window, offset, of_base)
        extents, offset = _sized(window, offset, 2)
        start = idat.start if idat and method & 15 == 1 else 0
        for _ in range(extents):
            window.step()
            _, offset = _sized(window, offset, of_index)
            place, offset = _sized(window, offset, of_offset)
            length, offset = _sized(window, offset, of_length)
            # A length of nothing reaches to the end.
            at = start + base + place
            if at > window.size or at + length > window.size:
                raise TruncatedError
            items.places.setdefault(item, []).append(Extent(at, length or window.size - at))


def _sized(window: Window, offset: int, size: int) -> tuple[int, int]:
    return int.from_bytes(window.at(offset, size), "big") if size else 0, offset + size
