"""PNG (W3C PNG, third edition): chunks to the end, with the frames of APNG."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from tools.pipeline.intake.errors import BombError, DamagedError, TruncatedError
from tools.pipeline.intake.layouts import exif
from tools.pipeline.intake.layouts.shape import Shape
from tools.pipeline.intake.limits import Limits
from tools.pipeline.intake.window import Window

SIGNATURE = 8
# gAMA and cHRM are whole numbers of these parts; pHYs is in dots to the metre.
PARTS, INCH = 100_000, 0.0254
# What decoding needs: the picture, its palette and its transparency. Everything else, texts above
# all, need not pass through a decoder at all.
ESSENTIAL = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT"})

END = bytes(4) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))


def read_shape(window: Window, limits: Limits) -> Shape:
    """Also proves that its compressed texts and profile are no bombs."""
    width = height = 0
    frames, turn, budget = 1, 1, limits.metadata
    colours: tuple[int, int] | None = None
    for kind, offset, length in chunks(window):
        if kind == b"IHDR":
            if width or height:
                raise DamagedError  # decoders take the last of several, or one for each row
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
    """Kind, and place and length of the data, of each chunk up to IEND. A file may end behind its
    pixels without one, or with less than one: the decoder tells whether pixels are missing.
    """
    offset, kind = SIGNATURE, b""
    begun = False
    while kind != b"IEND":
        window.step()
        if offset + 8 > window.size:
            if begun:
                return
            raise TruncatedError
        length = window.number(">I", offset)
        kind = window.at(offset + 4, 4)
        if offset == SIGNATURE and (kind != b"IHDR" or length != 13):
            raise DamagedError
        if offset + 12 + length > window.size:
            if begun and kind != b"IDAT":
                return
            raise TruncatedError
        yield kind, offset + 8, length
        begun = begun or kind == b"IDAT"
        offset += 12 + length


def strip_png(data: bytes, window: Window) -> bytes:
    """The file with nothing in it but the chunks that its pixels need, and whole at the end."""
    kept = [data[:SIGNATURE]]
    for kind, offset, length in chunks(window):
        if kind in ESSENTIAL and (kind == b"IDAT" or kind not in kept):
            kept += [struct.pack(">I", length), kind, data[offset : offset + length + 4]]
    kept.append(END)
    return b"".join(kept)


@dataclass(frozen=True, slots=True)
class Colours:
    """What a PNG says of its colours and its print size: an ICC profile, unpacked; else the exponent
    by which its numbers are made of light, and eight chromaticities of white, red, green and blue.
    """

    profile: bytes | None = None
    exponent: float | None = None
    corners: tuple[float, ...] | None = None
    dpi: float | None = None


def read_colours(window: Window, limits: Limits) -> Colours:
    """The chunks in their order of precedence; one that cannot be read is passed over."""
    found = {kind: (offset, length) for kind, offset, length in chunks(window)}
    exponent = corners = dpi = None
    if b"pHYs" in found and found[b"pHYs"][1] == 9:
        across, _, unit = window.numbers(">IIB", found[b"pHYs"][0])
        dpi = across * INCH if unit == 1 else None
    if b"iCCP" in found:
        return Colours(profile=_profile(window, *found[b"iCCP"], limits), dpi=dpi)
    if b"sRGB" in found or b"cICP" in found:
        return Colours(dpi=dpi)
    if b"gAMA" in found and found[b"gAMA"][1] == 4:
        exponent = window.number(">I", found[b"gAMA"][0]) / PARTS
    if b"cHRM" in found and found[b"cHRM"][1] == 32:
        corners = tuple(part / PARTS for part in window.numbers(">8I", found[b"cHRM"][0]))
    return Colours(exponent=exponent, corners=corners, dpi=dpi)


def _profile(window: Window, offset: int, length: int, limits: Limits) -> bytes | None:
    packed = window.at(offset, length).partition(b"\0")[2][1:]
    try:
        return zlib.decompressobj().decompress(packed, limits.metadata)
    except zlib.error:
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
