"""PNG (W3C PNG, third edition): chunks to the end, with the frames of APNG."""

import struct
import zlib
from collections.abc import Iterator

from tools.pipeline.intake.errors import BombError, DamagedError, TruncatedError
from tools.pipeline.intake.layouts import exif
from tools.pipeline.intake.layouts.shape import Shape
from tools.pipeline.intake.limits import Limits
from tools.pipeline.intake.window import Window

SIGNATURE = 8
# What decoding needs: the picture, its palette and its transparency. Everything else, texts above
# all, need not pass through a decoder at all.
ESSENTIAL = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})


def read_shape(window: Window, limits: Limits) -> Shape:
    """Also proves that the file is whole and that its compressed texts and profile are no bombs."""
    width = height = 0
    frames, turn, budget = 1, 1, limits.metadata
    colours: tuple[int, int] | None = None
    for kind, offset, length in chunks(window):
        if kind == b"IHDR":
            width, height = window.numbers(">II", offset)
        elif kind == b"acTL":
            frames = max(frames, window.number(">I", offset))
        elif kind == b"cICP" and length == 4:
            primaries, curve = window.numbers("BB", offset)
            colours = primaries, curve
        elif kind == b"eXIf":
            turn = exif.read_orientation(window.at(offset, min(length, limits.metadata)))
        elif kind in {b"zTXt", b"iTXt", b"iCCP"}:
            budget -= _unfolded(window.at(offset, length), kind, budget)
            if budget < 0:
                raise BombError
    return Shape(width, height, frames, turn, colours)


def chunks(window: Window) -> Iterator[tuple[bytes, int, int]]:
    """Kind, and place and length of the data, of each chunk up to IEND, which must be there."""
    offset, kind = SIGNATURE, b""
    while kind != b"IEND":
        window.step()
        if offset + 8 > window.size:
            raise TruncatedError
        length = window.number(">I", offset)
        kind = window.at(offset + 4, 4)
        if offset == SIGNATURE and (kind != b"IHDR" or length != 13):
            raise DamagedError
        if offset + 12 + length > window.size:
            raise TruncatedError
        yield kind, offset + 8, length
        offset += 12 + length


def strip_png(data: bytes, window: Window) -> bytes:
    """The file with nothing in it but the chunks that its pixels need."""
    kept = [data[:SIGNATURE]]
    for kind, offset, length in chunks(window):
        if kind in ESSENTIAL:
            kept.append(data[offset - 8 : offset + length + 4])
    return b"".join(kept)


def read_icc_profile(window: Window, limits: Limits) -> bytes | None:
    """The ICC profile, unpacked; None where there is none or it cannot be unpacked."""
    for kind, offset, length in chunks(window):
        if kind == b"iCCP":
            packed = window.at(offset, length).partition(b"\0")[2][1:]
            try:
                return zlib.decompressobj().decompress(packed, limits.metadata)
            except zlib.error:
                return None
    return None


def _unfolded(chunk: bytes, kind: bytes, budget: int) -> int:
    """How long the compressed part is when unpacked, up to one more than `budget`."""
    rest = chunk.partition(b"\0")[2]
    if kind == b"iTXt":
        if rest[:1] != b"\1":
            return len(rest)
        rest = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    else:
        rest = rest[1:]
    try:
        return len(zlib.decompressobj().decompress(rest, budget + 1))
    except (zlib.error, struct.error):
        return 0  # unreadable text harms nobody: it is never unpacked again
