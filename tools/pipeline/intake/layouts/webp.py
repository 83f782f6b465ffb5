"""WebP (RFC 9649): RIFF chunks, with the frames of an animation."""

from collections.abc import Iterator

from tools.pipeline.intake.errors import DamagedError, TooManyFramesError, TruncatedError
from tools.pipeline.intake.layouts import exif
from tools.pipeline.intake.layouts.shape import Shape
from tools.pipeline.intake.limits import Limits
from tools.pipeline.intake.window import Window


def read_shape(window: Window, limits: Limits) -> Shape:
    """The canvas where the file has one, else the only frame."""
    if window.number("<I", 4) + 8 > window.size:
        raise TruncatedError
    canvas: tuple[int, int] | None = None
    frame: tuple[int, int] | None = None
    frames, turn = 0, 1
    for kind, offset, length in _chunks(window):
        if kind == b"VP8X":
            canvas = _uint24(window, offset + 4) + 1, _uint24(window, offset + 7) + 1
        elif kind == b"VP8 ":
            frame = frame or _lossy(window, offset)
        elif kind == b"VP8L":
            frame = frame or _lossless(window, offset)
        elif kind == b"ANMF":
            frames += 1
            if frames > limits.frames:
                raise TooManyFramesError
        elif kind == b"EXIF":
            turn = exif.read_orientation(window.at(offset, length))
    size = canvas or frame
    if size is None or (frame is None and frames == 0):
        raise DamagedError
    return Shape(*size, max(frames, 1), turn)


def _chunks(window: Window) -> Iterator[tuple[bytes, int, int]]:
    end = window.number("<I", 4) + 8
    offset = 12
    while offset + 8 <= end:
        window.step()
        kind, length = window.at(offset, 4), window.number("<I", offset + 4)
        if offset + 8 + length > window.size:
            raise TruncatedError
        yield kind, offset + 8, length
        offset += 8 + length + length % 2


def _uint24(window: Window, offset: int) -> int:
    return int.from_bytes(window.at(offset, 3), "little")


def _lossy(window: Window, offset: int) -> tuple[int, int]:
    if window.at(offset + 3, 3) != b"\x9d\x01\x2a":
        raise DamagedError
    width, height = window.numbers("<HH", offset + 6)
    return width & 0x3FFF, height & 0x3FFF


def _lossless(window: Window, offset: int) -> tuple[int, int]:
    signature, bits = window.numbers("<BI", offset)
    if signature != 0x2F:
        raise DamagedError
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
