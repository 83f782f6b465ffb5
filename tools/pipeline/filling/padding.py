"""How much is added to a photo on each side: arithmetic, for who expands it and who only asks."""

from collections.abc import Mapping
from typing import Any

NAMES = ("left", "right", "top", "bottom")
MOST = 3.0  # times the photo's own side


def compute_padding(
    width: int, height: int, ratio: float | None, shares: tuple[float, float, float, float]
) -> tuple[int, int, int, int]:
    """Pixels to add on the left, right, top and bottom.

    `shares` of the photo's width or height come first; then `ratio` (width / height) adds evenly
    on the two sides that are short of it.
    """
    left, right = (round(min(max(share, 0), MOST) * width) for share in shares[:2])
    top, bottom = (round(min(max(share, 0), MOST) * height) for share in shares[2:])
    if ratio is not None:
        wide, high = width + left + right, height + top + bottom
        more_wide = max(0, min(round(high * ratio), int(MOST * width)) - wide)
        more_high = max(0, min(round(wide / ratio), int(MOST * height)) - high)
        left, right = left + more_wide // 2, right + more_wide - more_wide // 2
        top, bottom = top + more_high // 2, bottom + more_high - more_high // 2
    return left, right, top, bottom


def read_padding(args: Mapping[str, Any], width: int, height: int) -> tuple[int, int, int, int]:
    """What the arguments of the op `expand` add to a photo of that size."""
    left, right, top, bottom = (args["sides"].get(name, 0) for name in NAMES)
    return compute_padding(width, height, args["ratio"], (left, right, top, bottom))
