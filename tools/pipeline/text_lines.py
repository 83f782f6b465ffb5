"""Where letters may stand: lines of small strong marks, the way that writing lies.

Finds set type on plain ground; in a busy picture it is wrong both ways.
"""

import cv2
import numpy as np

from tools.pipeline.pixels import Octets

# A picture is looked at with this long side: letters are then a few to some tens of pixels high.
LONG_SIDE = 900
STRONG = 28


def marks(grey: Octets) -> Octets:
    """H×W uint8, 255 on thin marks of a grey picture (H×W uint8 0–255): what closing or opening by
    more than a stroke takes away.
    """
    brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (11, 11))
    thin = np.maximum(
        cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, brush),
        cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, brush),
    )
    return np.asarray((thin > STRONG) * np.uint8(255), np.uint8)


def lines(letters: Octets) -> list[tuple[int, int, int, int]]:
    """Boxes (x, y, width, height), in pixels, of marks (H×W uint8, 0 or 255) of one height side by
    side, or of letters that touch.
    """
    count, _, stats, _ = cv2.connectedComponentsWithStats(letters, connectivity=8)
    there = []
    for x, y, wide, high, area in stats[1:count]:
        # Solid bars and sparse scratches are not written.
        if 5 <= high <= 60 and wide <= 20 * high and 0.12 < area / (wide * high) < 0.85:
            there.append((int(x), int(y), int(wide), int(high)))
    there.sort()
    found: list[list[tuple[int, int, int, int]]] = []
    for mark in there:
        home = next((line for line in found if follows(line[-1], mark)), None)
        if home is None:
            found.append([mark])
        else:
            home.append(mark)
    return [around(line) for line in found if written(line)]


def written(line: list[tuple[int, int, int, int]]) -> bool:
    """Four letters, or fewer that run into each other: several times as wide as they are high."""
    width = sum(mark[2] for mark in line)
    return len(line) >= 4 or width >= 2.5 * max(mark[3] for mark in line)


def follows(last: tuple[int, int, int, int], mark: tuple[int, int, int, int]) -> bool:
    """The mark stands to the right of the last one, near it, on its line and of its height."""
    x, y, wide, high = last
    gap = mark[0] - (x + wide)
    tall = max(high, mark[3])
    level = abs((y + high / 2) - (mark[1] + mark[3] / 2))
    return (
        -0.2 * tall <= gap <= 1.2 * tall and level < 0.4 * tall and min(high, mark[3]) > 0.5 * tall
    )


def around(line: list[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
    left, top = min(m[0] for m in line), min(m[1] for m in line)
    right, bottom = max(m[0] + m[2] for m in line), max(m[1] + m[3] for m in line)
    return left, top, right - left, bottom - top
