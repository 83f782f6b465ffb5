"""Boxes of the ISO base media file format (ISO/IEC 14496-12)."""

from collections.abc import Iterator
from typing import NamedTuple

from tools.pipeline.intake.errors import DamagedError, TruncatedError
from tools.pipeline.intake.window import Window


class Box(NamedTuple):
    kind: bytes
    start: int  # of what is in it
    end: int


def list_boxes(window: Window, offset: int, end: int) -> Iterator[Box]:
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
