"""Reading a file by places in it, within bounds."""

import struct
from os import SEEK_END
from typing import BinaryIO

from tools.pipeline.intake.errors import BombError, TruncatedError

PAGE = 64 * 1024


class Window:
    """A seekable stream seen as bytes at offsets. Never holds more than it was asked for.

    Reading past the end is `TruncatedError`; more than `blocks` calls of `step` is `BombError`,
    so that a file of a million empty chunks costs no more than an honest one.
    """

    def __init__(self, stream: BinaryIO, *, blocks: int) -> None:
        self._stream = stream
        self._left = blocks
        self._page = b""
        self._page_at = 0
        self.size = stream.seek(0, SEEK_END)

    def at(self, offset: int, length: int) -> bytes:
        if offset < 0 or offset + length > self.size:
            raise TruncatedError
        start = offset - self._page_at
        if start < 0 or start + length > len(self._page):
            self._stream.seek(offset)
            self._page = self._stream.read(max(PAGE, length))
            self._page_at, start = offset, 0
        found = self._page[start : start + length]
        if len(found) != length:
            raise TruncatedError
        return found

    def head(self, length: int) -> bytes:
        return self.at(0, min(length, self.size))

    def numbers(self, shape: str, offset: int) -> tuple[int, ...]:
        """Integers as `struct` names them, the byte order included."""
        return struct.unpack(shape, self.at(offset, struct.calcsize(shape)))

    def number(self, shape: str, offset: int) -> int:
        return self.numbers(shape, offset)[0]

    def step(self) -> None:
        """Count one more block of the file's own structure."""
        self._left -= 1
        if self._left < 0:
            raise BombError
