"""The guided filter: a plane made to follow the edges of a colour picture."""

import cv2
import numpy as np

from tools.pipeline.pixels import Floats


def coefficients(guide: Floats, plane: Floats, radius: int, eps: float) -> tuple[Floats, Floats]:
    """Local linear model plane ≈ slope · guide + offset: ((H, W, 3), (H, W)).

    Guide (H, W, 3) and plane (H, W) in 0..1. He, Sun and Tang, PAMI 2013, with a colour guide;
    the 3 by 3 systems are solved by cofactors, whole picture at once.
    """
    red, green, blue = cv2.split(guide)
    mean = [_box(channel, radius) for channel in (red, green, blue)]
    level = _box(plane, radius)
    rr = _box(red * red, radius) - mean[0] * mean[0] + eps
    gg = _box(green * green, radius) - mean[1] * mean[1] + eps
    bb = _box(blue * blue, radius) - mean[2] * mean[2] + eps
    rg = _box(red * green, radius) - mean[0] * mean[1]
    rb = _box(red * blue, radius) - mean[0] * mean[2]
    gb = _box(green * blue, radius) - mean[1] * mean[2]
    along = [
        _box(channel * plane, radius) - middle * level
        for channel, middle in zip((red, green, blue), mean, strict=True)
    ]
    c11, c12, c13 = gg * bb - gb * gb, rb * gb - rg * bb, rg * gb - rb * gg
    c22, c23, c33 = rr * bb - rb * rb, rg * rb - rr * gb, rr * gg - rg * rg
    scale = 1 / (rr * c11 + rg * c12 + rb * c13)
    slope = [
        (c11 * along[0] + c12 * along[1] + c13 * along[2]) * scale,
        (c12 * along[0] + c22 * along[1] + c23 * along[2]) * scale,
        (c13 * along[0] + c23 * along[1] + c33 * along[2]) * scale,
    ]
    offset = level - slope[0] * mean[0] - slope[1] * mean[1] - slope[2] * mean[2]
    return np.dstack([_box(part, radius) for part in slope]), _box(offset, radius)


def _box(plane: Floats, radius: int) -> Floats:
    side = 2 * radius + 1
    blurred: Floats = cv2.boxFilter(plane, -1, (side, side), borderType=cv2.BORDER_REFLECT)
    return blurred
