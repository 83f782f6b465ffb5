"""The guided filter: a plane made to follow the edges of a colour picture."""

import cv2
import numpy as np

from tools.pipeline.matting.planes import boxed, to_float32
from tools.pipeline.pixels import Floats


def coefficients(guide: Floats, plane: Floats, radius: int, eps: float) -> tuple[Floats, Floats]:
    """Local linear model plane ≈ slope · guide + offset: (H×W×3, H×W) float32 of any range.

    Guide (H×W×3) and plane (H×W) in 0–1. He, Sun and Tang, PAMI 2013, with a colour guide;
    the 3 by 3 systems are solved by cofactors, whole picture at once.
    """
    red, green, blue = (to_float32(channel) for channel in cv2.split(guide))
    side = 2 * radius + 1
    mean = [boxed(channel, side) for channel in (red, green, blue)]
    level = boxed(plane, side)
    rr = boxed(red * red, side) - mean[0] * mean[0] + eps
    gg = boxed(green * green, side) - mean[1] * mean[1] + eps
    bb = boxed(blue * blue, side) - mean[2] * mean[2] + eps
    rg = boxed(red * green, side) - mean[0] * mean[1]
    rb = boxed(red * blue, side) - mean[0] * mean[2]
    gb = boxed(green * blue, side) - mean[1] * mean[2]
    along = [
        boxed(channel * plane, side) - middle * level
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
    return np.dstack([boxed(part, side) for part in slope]), boxed(offset, side)
