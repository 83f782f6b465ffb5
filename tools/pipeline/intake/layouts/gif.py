"""GIF (CompuServe's GIF89a): blocks to the end or to one frame too many."""

from tools.pipeline.intake.errors import DamagedError, TooManyFramesError, TruncatedError
from tools.pipeline.intake.layouts.shape import Shape
from tools.pipeline.intake.limits import Limits
from tools.pipeline.intake.window import Window

EXTENSION = 0x21
IMAGE = 0x2C
TRAILER = 0x3B


def read_shape(window: Window, limits: Limits) -> Shape:
    """The size is the screen's, or the first frame's where that reaches beyond it."""
    width, height, flags = window.numbers("<HHB", 6)
    offset = 13 + _table(flags)
    frames = 0
    while offset < window.size:
        window.step()
        kind = window.number("B", offset)
        if kind == EXTENSION:
            offset = _after_blocks(window, offset + 2)
        elif kind == IMAGE:
            left, top, wide, high, flags = window.numbers("<HHHHB", offset + 1)
            if frames == 0:
                width, height = max(width, left + wide), max(height, top + high)
            try:
                offset = _after_blocks(window, offset + 11 + _table(flags))
            except TruncatedError:
                if frames == 0:
                    raise
                break  # only the first frame is used, and it is whole
            frames += 1
            if frames > limits.frames:
                raise TooManyFramesError
        else:
            break  # the trailer, or what viewers take for one
    if frames == 0:
        raise DamagedError if offset < window.size else TruncatedError
    return Shape(width, height, frames)


def _table(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(window: Window, offset: int) -> int:
    while length := window.number("B", offset):
        window.step()
        offset += 1 + length
    return offset + 1
