"""What the visitor painted, as a mask."""

from collections.abc import Mapping, Sequence
from typing import Any

import cv2
import numpy as np

from tools.pipeline.pixels import Alpha

_SHIFT = 4  # sixteenths of a pixel: a stroke lies alike on preview and full size


def painted(strokes: Sequence[Mapping[str, Any]], size: tuple[int, int]) -> Alpha:
    """H×W uint8: 255 where painted, else 0, for `size` = (width, height).

    A stroke is {"keep": bool, "size": diameter as a share of the long side, "points": [[x, y], …]
    in 0–1 of width and height}. Strokes follow one another: one with `keep` wipes out again.
    """
    width, height = size
    mask = np.zeros((height, width), np.uint8)
    for stroke in strokes:
        thickness = max(1, round(float(stroke["size"]) * max(size)))
        value = 0 if stroke.get("keep") else 255
        points = np.array(stroke["points"], dtype=np.float64).reshape(-1, 2)
        fixed = np.rint((points * (width, height) - 0.5) * (1 << _SHIFT)).astype(np.int32)
        if len(fixed) > 1:
            cv2.polylines(mask, [fixed], False, value, thickness, cv2.LINE_8, _SHIFT)  # noqa: FBT003 - cv2's own signature
        for point in fixed[:: max(1, len(fixed) - 1)]:  # round ends, and single dots
            radius = (thickness << _SHIFT) // 2
            cv2.circle(mask, point.tolist(), radius, value, cv2.FILLED, cv2.LINE_8, _SHIFT)
    return Alpha(mask)
