"""Where a photo has writing: what a network redraws there may be another word."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.matting.planes import Mask, fit_long_side, make_disk, to_float32, to_uint8
from tools.pipeline.pixels import Floats, Rgb, to_grey

# Letters are looked for at this long side, and at twice it, for small print.
LOOK = (800, 1600)
# Strokes differ from their ground by at least this much of 255.
CONTRAST = 28
# Heights of letters at the size that is looked at, in pixels.
LEAST, MOST = 6, 60
# A line of writing has at least so many signs of about one height, near one another.
SIGNS = 3


def find_text_areas(photo: Rgb) -> Floats:
    """How much each pixel of H×W×3 uint8 sRGB belongs to writing, H×W float32 0–1: 1 on it, fading
    out around it.
    """
    height, width = photo.shape[:2]
    result = np.zeros((height, width), np.float32)
    for side in LOOK:
        if side > 2 * max(height, width):
            continue
        grey = to_grey(Rgb(fit_long_side(photo, side)))
        lines = to_uint8(np.zeros(grey.shape))
        for direction in (cv2.MORPH_BLACKHAT, cv2.MORPH_TOPHAT):
            lines |= to_uint8(written(grey, direction))
        soft = cv2.GaussianBlur(to_float32(cv2.dilate(lines, make_disk(8))), (0, 0), 3)
        large = cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR)
        np.maximum(result, large, out=result)
    return np.asarray(np.clip(result, 0, 1), np.float32)


def written(grey: NDArray[np.uint8], direction: int) -> Mask:
    """Strokes, darker or lighter than their ground, that stand together as lines do."""
    strokes = to_uint8(cv2.morphologyEx(grey, direction, make_disk(8)))
    signs = to_uint8(strokes > CONTRAST)
    count, labels, stats, middles = cv2.connectedComponentsWithStats(signs, connectivity=8)
    wide, high, area = (
        stats[:, column] for column in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA)
    )
    filled = area / np.maximum(wide * high, 1)
    likely = (high >= LEAST) & (high <= MOST) & (wide <= 3 * high) & (filled > 0.15)
    likely &= (filled < 0.95) | (wide < 0.5 * high)  # an i is a full box
    likely[0] = False
    numbers = np.flatnonzero(likely)
    kept = np.zeros(count, np.bool_)
    kept[numbers[in_lines(middles[numbers], high[numbers])]] = True
    return np.asarray(kept[labels])


def in_lines(middles: NDArray[Any], heights: NDArray[Any]) -> Mask:
    """Which signs have neighbours of their height beside them, on one line."""
    if not len(heights):
        return np.zeros(0, np.bool_)
    tallest = np.maximum(heights[:, None], heights[None])
    apart = np.abs(middles[:, None] - middles[None])
    beside = (apart[..., 0] < 2.5 * tallest) & (apart[..., 1] < 0.5 * tallest)
    alike = np.minimum(heights[:, None], heights[None]) > 0.5 * tallest
    together = beside & alike
    lines = together.sum(axis=1) >= SIGNS
    # The last sign of a line has neighbours on one side only.
    return np.asarray(lines | together[:, lines].any(axis=1))
