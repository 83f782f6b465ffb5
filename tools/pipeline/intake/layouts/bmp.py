"""BMP: the file header and the first numbers of the one after it."""

from tools.pipeline.intake.errors import DamagedError, TruncatedError
from tools.pipeline.intake.layouts.shape import Shape
from tools.pipeline.intake.limits import Limits
from tools.pipeline.intake.window import Window

PLAIN = 0  # BI_RGB: rows as they are, padded to four bytes
CORE = 12  # the OS/2 header, with 16-bit sizes


def read_shape(window: Window, _limits: Limits) -> Shape:
    start, length = window.numbers("<II", 10)
    if length == CORE:
        width, height, _planes, depth = window.numbers("<HHHH", 18)
        packing = PLAIN
    elif 16 <= length <= 256:
        width, height, _planes, depth = window.numbers("<iiHH", 18)
        packing = window.number("<I", 30) if length >= 20 else PLAIN
    else:
        raise DamagedError
    height = abs(height)  # negative where the first row is the uppermost
    if packing == PLAIN and width > 0:
        row = (width * depth + 31) // 32 * 4
        # Only where the claim is sane: a huge one is to be named for its pixels.
        if row * height <= 16 * window.size and start + row * height > window.size:
            raise TruncatedError
    return Shape(width, height)
