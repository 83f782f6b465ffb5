"""The canvas made larger than the photo, and what may lie beyond its edges put there."""

from typing import Any

import cv2
import numpy as np

from tools.pipeline.filling import example, plain
from tools.pipeline.filling.padding import compute_padding
from tools.pipeline.parallel import Progress
from tools.pipeline.pixels import Mask, Rgb, Rgba, is_rgb

_BAND = 0.06  # of the long side along the edges shows what the background is like
_NEAR = (0.12, 0.3)  # of the photo's side: how far in from an edge its continuation is taken


def expand_photo(
    photo: Rgb | Rgba,
    *,
    ratio: float | None = None,
    left: float = 0,
    right: float = 0,
    top: float = 0,
    bottom: float = 0,
    seed: int = 0,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """{"image", "x", "y"}: the photo lies bit-identical at (x, y), in pixels, in the image; both
    are H×W×3 or H×W×4 uint8 sRGB.

    What is added is `padding.compute_padding`. A photo with alpha gets transparent sides, for there is no
    background to continue. A plain background is continued, any other filled by example.
    """
    height, width = photo.shape[:2]
    x, more_right, y, more_bottom = compute_padding(
        width, height, ratio, (left, right, top, bottom)
    )
    border = y, more_bottom, x, more_right
    if not is_rgb(photo):
        image = cv2.copyMakeBorder(photo, *border, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
        return {"image": image, "x": x, "y": y}
    wide = cv2.copyMakeBorder(photo, *border, cv2.BORDER_REPLICATE)
    hole = np.ones(wide.shape[:2], dtype=bool)
    hole[y : y + height, x : x + width] = False
    if hole.any():
        beside = Rgb(np.asarray(wide, dtype=np.uint8))
        filled = _beyond(photo, beside, hole, (x, y), seed, progress)
        wide = np.where(hole[..., None], filled, wide)
    return {"image": np.ascontiguousarray(wide), "x": x, "y": y}


def _beyond(
    photo: Rgb, wide: Rgb, hole: Mask, place: tuple[int, int], seed: int, progress: Progress | None
) -> Rgb:
    band = max(6, round(_BAND * max(photo.shape[:2])))
    # All four edges tell more of a slope than the one that is continued, unless something is there.
    backdrop = plain.fit(wide, _frame(photo, hole, place, band)) or plain.fit(
        wide, _within(hole, band, band) & ~hole
    )
    if backdrop is not None:
        return plain.continued(backdrop, wide, hole, seed=seed)
    # What is near goes on; what stands in the middle is the product, and there is only one of it.
    x, y = place
    height, width = photo.shape[:2]
    beside = max(x, wide.shape[1] - x - width)
    above = max(y, wide.shape[0] - y - height)
    least, most = _NEAR
    across = int(np.clip(beside, least * width, most * width)) if beside else 0
    down = int(np.clip(above, least * height, most * height)) if above else 0
    far = ~_within(hole, across, down)
    mirrored = _mirrored(photo, wide.shape, place)
    return example.fill_by_example(mirrored, hole, seed=seed, barred=far, progress=progress)


def _frame(photo: Rgb, hole: Mask, place: tuple[int, int], band: int) -> Mask:
    frame = ~hole
    inner = (
        slice(start + band, start + side - band)
        for start, side in zip(place[::-1], photo.shape[:2], strict=True)
    )
    frame[tuple(inner)] = False
    return frame


def _within(hole: Mask, across: int, down: int) -> Mask:
    """The hole and what is as near to it along a row or a column."""
    side = 2 * across + 1, 2 * down + 1
    around = cv2.boxFilter(hole.astype(np.float32), -1, side, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(around > 0.5 / (side[0] * side[1]))


def _mirrored(photo: Rgb, shape: tuple[int, ...], place: tuple[int, int]) -> Rgb:
    """The photo with its reflection all around, as often as is needed."""
    x, y = place
    height, width = photo.shape[:2]
    rows, cols = np.arange(shape[0]) - y, np.arange(shape[1]) - x
    rows, cols = (
        np.abs((part + side) % (2 * side) - side) for part, side in ((rows, height), (cols, width))
    )
    mirrored: Rgb = photo[np.minimum(rows, height - 1)[:, None], np.minimum(cols, width - 1)[None]]
    return mirrored
