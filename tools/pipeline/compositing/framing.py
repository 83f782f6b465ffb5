"""A picture that is whole already, cut to a marketplace's canvas around its product."""

from typing import Any, cast

import cv2
import numpy as np

from tools.pipeline.compositing.export import WHITE, fit_product_to_market
from tools.pipeline.compositing.fill import fill_bounds
from tools.pipeline.compositing.silhouette import Silhouette, measure_silhouette
from tools.pipeline.errors import NoSubjectError
from tools.pipeline.filling.expand import expand_photo
from tools.pipeline.filling.padding import read_padding
from tools.pipeline.pixels import Alpha, Kind, Rgb, Rgba, crop, drop_alpha, is_rgba, take_alpha
from tools.pipeline.registration import remove_ghost

# So much of the window is free beside the product at the least, if the picture shows all of it.
ROOM = 0.02


def frame_for_market(
    picture: Rgb | Rgba, mask: Alpha, *, market: dict[str, Any], colour: str = WHITE
) -> dict[str, Any]:
    """The sheet that shows as much of the picture (H×W×3 or H×W×4 uint8 sRGB, its product at `mask`,
    H×W uint8) as the marketplace's shape and fill allow: {"image": H×W×3 uint8 sRGB, "mask": H×W
    uint8, "scale": float, "fill": 0–1}.

    Never stretched, with no bars and with all of the product: where the picture ends too soon its
    background is continued. A picture with an alpha of its own is a product alone, and is laid out
    on `colour`. Raises NoSubjectError and NothingToPlaceError.
    """
    if not mask.any():
        raise NoSubjectError
    if is_rgba(picture):
        colours, alpha = drop_alpha(picture), take_alpha(picture)
        return fit_product_to_market(colours, alpha, market=market, colour=colour)
    image = drop_alpha(picture)
    width, height = market["recommended"]
    shape = measure_silhouette(mask)
    # Pixels of the picture for each of the sheet's.
    per = measure_window(shape, image.shape[1], image.shape[0], market)
    if per > 1:
        # First smaller: what is continued, and what that costs, is then no larger than the sheet.
        size = max(1, round(image.shape[1] / per)), max(1, round(image.shape[0] / per))
        image, mask = resized(image, size, cv2.INTER_AREA), resized(mask, size, cv2.INTER_AREA)
        shape, scale, per = measure_silhouette(mask), 1 / per, 1.0
    else:
        scale = 1 / per
    wide, tall = max(1, round(width * per)), max(1, round(height * per))
    cut = set(shape.cut)
    left = window_start(shape.left, shape.right, wide, image.shape[1], cut, ("left", "right"))
    top = window_start(shape.top, shape.bottom, tall, image.shape[0], cut, ("top", "bottom"))
    image, mask = window_of(image, mask, left, top, wide, tall)
    if (wide, tall) != (width, height):
        method = cv2.INTER_CUBIC if per < 1 else cv2.INTER_AREA
        size = width, height
        image, mask = resized(image, size, method), resized(mask, size, method)
    placed = measure_silhouette(mask)
    fill = max(placed.width / width, placed.height / height)
    return {"image": image, "mask": mask, "scale": scale, "fill": fill}


def resized(picture: Kind, size: tuple[int, int], method: int) -> Kind:
    return cast("Kind", np.asarray(cv2.resize(picture, size, interpolation=method), np.uint8))


def measure_window(shape: Silhouette, wide: int, high: int, market: dict[str, Any]) -> float:
    width, height = market["recommended"]
    low, most = fill_bounds(market)
    base = max(shape.width / width, shape.height / height)
    per = max(min(wide / width, high / height), base / most)
    return float(min(per, base / low) if low else per)


def window_start(
    first: int, last: int, length: int, side: int, cut: set[str], edges: tuple[str, str]
) -> int:
    """Where along one axis a window of that length begins; below 0 before the picture does."""
    if edges[0] in cut:
        return 0
    if edges[1] in cut:
        return side - length
    start = round((first + last - length) / 2)
    inside = min(max(start, 0), side - length) if length <= side else start
    room = min(round(ROOM * length), (length - (last - first)) // 2)
    return min(max(inside, last + room - length), first - room)


def window_of(
    picture: Rgb, mask: Alpha, left: int, top: int, wide: int, tall: int
) -> tuple[Rgb, Alpha]:
    """The window's pixels, the background continued where it reaches beyond the picture."""
    high, side = picture.shape[:2]
    beyond = max(-left, 0), max(left + wide - side, 0), max(-top, 0), max(top + tall - high, 0)
    if any(beyond):
        shares = (beyond[0] / side, beyond[1] / side, beyond[2] / high, beyond[3] / high)
        names = ("left", "right", "top", "bottom")
        # There is only one product: what goes on beyond the edge is what would be seen without it.
        made = expand_photo(remove_ghost(picture, mask), **dict(zip(names, shares, strict=True)))
        made["image"][made["y"] : made["y"] + high, made["x"] : made["x"] + side] = picture
        picture = made["image"]
        grown = Alpha(np.zeros(picture.shape[:2], np.uint8))
        grown[made["y"] : made["y"] + high, made["x"] : made["x"] + side] = mask
        mask, left, top = grown, left + made["x"], top + made["y"]
    left = min(max(left, 0), max(picture.shape[1] - wide, 0))
    top = min(max(top, 0), max(picture.shape[0] - tall, 0))
    part = slice(top, top + tall), slice(left, left + wide)
    return Rgb(np.ascontiguousarray(crop(picture, part))), Alpha(
        np.ascontiguousarray(crop(mask, part))
    )


def resize_mask(mask: Alpha, *, factor: int) -> Alpha:
    """Where the product lies (H×W uint8) in a picture that was enlarged `factor` times."""
    return resized(mask, (mask.shape[1] * factor, mask.shape[0] * factor), cv2.INTER_LINEAR)


def pad_mask(mask: Alpha, *, ratio: float | None, sides: dict[str, float]) -> Alpha:
    """Where the product lies (H×W uint8, as `mask`) in a picture that was expanded."""
    high, wide = mask.shape
    left, right, top, bottom = read_padding({"ratio": ratio, "sides": sides}, wide, high)
    return Alpha(np.pad(mask, ((top, bottom), (left, right))))
