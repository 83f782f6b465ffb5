"""WebP (RFC 9649): RIFF chunks, with the frames of an animation."""

from collections.abc import Iterator

from tools.pipeline.intake.errors import DamagedError, TooManyFramesError, TruncatedError
from tools.pipeline.intake.layouts import exif
from tools.pipeline.intake.layouts.shape import Shape
from tools.pipeline.intake.limits import Limits
from tools.pipeline.intake.window import Window


def read_shape(window: Window, limits: Limits) -> Shape:
    """The canvas where the file has one, else the only frame. Raises DamagedError where there are
    two of either, or where they contradict each other: decoders disagree on which one counts.
    """
    if window.number("<I", 4) + 8 > window.size:
        raise TruncatedError
    canvas: tuple[int, int] | None = None
    frame: tuple[int, int] | None = None
    frames, turn = 0, 1
    for kind, offset, length in _chunks(window):
        is_second = (canvas or frame or frames) if kind == b"VP8X" else frame
        if is_second and kind in {b"VP8X", *CODED}:
            raise DamagedError
        if kind == b"VP8X":
            canvas = _uint24(window, offset + 4) + 1, _uint24(window, offset + 7) + 1
        elif kind in CODED:
            frame = CODED[kind](window, offset)
        elif kind == b"ANMF":
            frames += 1
            if frames > limits.frames:
                raise TooManyFramesError
            _check_frame(window, offset, length, canvas)
        elif kind == b"EXIF":
            turn = exif.read_orientation(window.at(offset, length))
    size = canvas or frame
    if size is None or (frame or size) != size or not (frame or frames):
        raise DamagedError
    return Shape(*size, max(frames, 1), turn)


def _check_frame(window: Window, offset: int, length: int, canvas: tuple[int, int] | None) -> None:
    """A frame of an animation lies on the canvas, and its picture is as large as it says."""
    left, top, wide, high = (_uint24(window, offset + at) for at in (0, 3, 6, 9))
    size = wide + 1, high + 1
    if canvas is None or 2 * left + size[0] > canvas[0] or 2 * top + size[1] > canvas[1]:
        raise DamagedError
    for kind, start, _ in _between(window, offset + 16, offset + length):
        if kind in CODED and CODED[kind](window, start) != size:
            raise DamagedError


def _chunks(window: Window) -> Iterator[tuple[bytes, int, int]]:
    yield from _between(window, 12, window.number("<I", 4) + 8)


def _between(window: Window, offset: int, end: int) -> Iterator[tuple[bytes, int, int]]:
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


CODED = {b"VP8 ": _lossy, b"VP8L": _lossless}
