"""Brush strokes of the visitor: this is the product, that is not."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

import cv2
import numpy as np
from numpy.typing import NDArray


class Stroke(TypedDict):
    """As it comes in a step's arguments.

    A soft stroke (`hard` below 1) says something in the middle of its width alone; what is under
    its rim is for the matte to find.

    Points are (x, y) relative to width and height, 0..1; size is the brush's diameter relative to
    the long side. A later stroke paints over an earlier one. One that says `whole` means all of the
    thing that it touches; any other only what lies near it.
    """

    keep: bool
    size: float
    points: list[list[float]]
    hard: NotRequired[float]
    whole: NotRequired[bool]


KEEP, DROP = 1, -1

# How far beyond its paint a stroke may change the shape, as a share of the long side: so many times
# its own width, and no less and no more than this.
SPREAD = 2.0
NEAREST, FARTHEST = 0.03, 0.06


def reach(stroke: Stroke) -> float:
    """How far beyond its paint a stroke may change the shape, as a share of the long side."""
    if stroke.get("whole"):
        return 2.0  # more than the diagonal
    return min(max(SPREAD * stroke["size"], NEAREST), FARTHEST)


def draw(strokes: Sequence[Stroke], height: int, width: int) -> NDArray[np.int8]:
    """Strokes painted on a map, H×W int8 from -1 to 1: 1 keep, -1 drop, 0 nothing said."""
    painted = np.zeros((height, width), np.uint8)
    for stroke in strokes:
        corners = np.array(stroke["points"], np.float64).reshape(-1, 2)
        if not len(corners):
            continue
        path = np.round(corners * (width, height) - 0.5).clip(-1e6, 1e6).astype(np.int32)
        thickness = max(1, round(stroke["size"] * stroke.get("hard", 1) * max(height, width)))
        value = 1 if stroke["keep"] else 2
        if len(path) == 1:
            centre = (int(path[0, 0]), int(path[0, 1]))
            cv2.circle(painted, centre, thickness // 2, value, cv2.FILLED)
        else:
            cv2.polylines(painted, [path], isClosed=False, color=value, thickness=thickness)
    return np.array([0, KEEP, DROP], np.int8)[painted]
