"""The product on a canvas as a program asks for it: cropped, scaled, placed, on a colour or picture."""

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np

from tools.pipeline.compositing import casting
from tools.pipeline.compositing.placement import place_product
from tools.pipeline.compositing.resample import resized
from tools.pipeline.errors import NoSubjectError
from tools.pipeline.matting.cutout import cut_out_subject
from tools.pipeline.pixels import Alpha, Floats, Rgb, Rgba, drop_alpha

# From this alpha on a pixel is of the product's box: what is fainter nobody sees.
SEEN, SOLID = 16, 128
# A margin is no wider than this share of the product, and so many pixels.
WIDEST_SHARE, WIDEST_MARGIN = 0.5, 500
Box = tuple[int, int, int, int]
SHADOWS: Mapping[str, casting.Shadow] = {"drop": "soft", "3D": "hard", "car": "soft"}


def lay_on_canvas(
    photo: Rgb | Rgba,
    alpha: Alpha,
    foreground: Rgb,
    behind: Rgb | Rgba | None = None,
    *,
    at: list[int],
    region: list[int] | None = None,
    margins: list[list[Any]] | None = None,
    scale: float | None = None,
    position: list[float] | None = None,
    colour: list[int] | None = None,
    shadow: Mapping[str, Any] | None = None,
    keeps_ground: bool = False,
) -> dict[str, Any]:
    """The picture ("image", h×w×3 or h×w×4 uint8 sRGB) and where its product is ("foreground": top,
    left, width and height in its pixels).

    `alpha` (h×w uint8) and `foreground` (h×w×3) are of the part of the photo that begins at `at` =
    [left, top]; beyond it, and beyond `region` (left, top, right, bottom), nothing is kept. `margins` (top, right, bottom, left, each a number and "px" or
    "%" of the product) ask for the product's box alone, with so much around it. Otherwise the canvas is the photo's, and with `scale`
    (the product's share of it, 0–1) or `position` (0–1 across and down) the product is moved on it.
    `behind` covers the canvas, `colour` (four of 0–255) fills it. `shadow` has "kind", one of SHADOWS,
    and "opacity", 0–1. With `keeps_ground` pixels that are wholly clear keep the photo's colours where
    it was not moved. Raises NoSubjectError.
    """
    if region is not None:
        alpha = keep_region(alpha, region)
    cut, box = cut_in_place(photo, alpha, foreground, at, keeps_ground=keeps_ground)
    if margins is not None:
        cut, box = crop_to_box(cut, box, margins)
    elif scale is not None or position is not None:
        cut, box = move_product(cut, box, scale, position)
    if shadow is not None:
        cut = lay_on_shadow(cut, **shadow)
    picture: Rgb | Rgba = cut
    if behind is not None:
        picture = blend_over(cut, cover_canvas(behind, cut.shape[1], cut.shape[0]))
    elif colour is not None and colour[3]:
        picture = blend_over(cut, colour)
    left, top, right, bottom = box
    return {"image": picture, "foreground": [top, left, right - left, bottom - top]}


def keep_region(alpha: Alpha, region: list[int]) -> Alpha:
    """The alpha (H×W uint8) in the region, 0 beyond it."""
    left, top, right, bottom = region
    kept = np.zeros_like(alpha)
    kept[top:bottom, left:right] = alpha[top:bottom, left:right]
    return Alpha(kept)


def cut_in_place(
    photo: Rgb | Rgba, alpha: Alpha, foreground: Rgb, at: list[int], *, keeps_ground: bool
) -> tuple[Rgba, Box]:
    """The cut-out, H×W×4 uint8 of the photo's size, and the product's box in it."""
    height, width = photo.shape[:2]
    left, top = at
    high, wide = alpha.shape
    seen = np.asarray(alpha) >= SEEN
    if not (np.asarray(alpha) >= SOLID).any():
        raise NoSubjectError
    rows, columns = np.flatnonzero(seen.any(1)), np.flatnonzero(seen.any(0))
    box = (
        left + int(columns[0]),
        top + int(rows[0]),
        left + int(columns[-1]) + 1,
        top + int(rows[-1]) + 1,
    )
    own = photo[top : top + high, left : left + wide]
    part = cut_out_subject(Rgb(own) if own.shape[2] == 3 else Rgba(own), alpha, foreground)
    if (high, wide) == (height, width):
        whole = part
    else:
        whole = Rgba(np.zeros((height, width, 4), np.uint8))
        whole[top : top + high, left : left + wide] = part
    if keeps_ground:
        clear = whole[..., 3] == 0
        whole[clear, :3] = photo[..., :3][clear]
    return whole, box


def crop_to_box(cut: Rgba, box: Box, margins: list[list[Any]]) -> tuple[Rgba, Box]:
    """The product's box with margins (top, right, bottom, left), clear where the picture has ended."""
    height, width = cut.shape[:2]
    left, top, right, bottom = box
    sides = (bottom - top, right - left) * 2
    above, beside, below, before = map(measure_margin, margins, sides)
    wide, high = right - left + before + beside, bottom - top + above + below
    canvas = Rgba(np.zeros((high, wide, 4), np.uint8))
    x, y = left - before, top - above
    from_x, from_y = max(x, 0), max(y, 0)
    to_x, to_y = min(x + wide, width), min(y + high, height)
    canvas[from_y - y : to_y - y, from_x - x : to_x - x] = cut[from_y:to_y, from_x:to_x]
    return canvas, (before, above, before + right - left, above + bottom - top)


def measure_margin(margin: list[Any], side: int) -> int:
    """A margin in pixels, of a number in "px" or in "%" of the product's side, up to the bounds."""
    value, unit = margin
    pixels = value * side / 100 if unit == "%" else value
    return round(float(min(pixels, side * WIDEST_SHARE, WIDEST_MARGIN)))


def move_product(
    cut: Rgba, box: Box, scale: float | None, position: list[float] | None
) -> tuple[Rgba, Box]:
    """The product as large a share of the same canvas, and where `position` says: 0 at the left or
    upper edge, 1 at the other; in the middle when only a scale is given.
    """
    height, width = cut.shape[:2]
    left, top, right, bottom = box
    product = Rgba(np.ascontiguousarray(cut[top:bottom, left:right]))
    wide, high = right - left, bottom - top
    if scale is not None:
        factor = scale * min(width / wide, height / high)
        wide, high = max(1, round(wide * factor)), max(1, round(high * factor))
        colour, share = resized(drop_alpha(product), Alpha(product[..., 3].copy()), wide, high)
        product = Rgba(np.dstack((colour, share)))
    across, down = position or [0.5, 0.5]
    x, y = round(across * (width - wide)), round(down * (height - high))
    canvas = Rgba(np.zeros((height, width, 4), np.uint8))
    canvas[y : y + high, x : x + wide] = product
    return canvas, (x, y, x + wide, y + high)


def cover_canvas(picture: Rgb | Rgba, width: int, height: int) -> Rgb | Rgba:
    """The picture in its own proportions, so large that it covers a canvas of that size, and its
    middle part; itself where it has that size.
    """
    high, wide = picture.shape[:2]
    if (wide, high) == (width, height):
        return picture
    factor = max(width / wide, height / high)
    size = max(width, round(wide * factor)), max(height, round(high * factor))
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    large = np.asarray(cv2.resize(np.asarray(picture), size, interpolation=method), np.uint8)
    x, y = (size[0] - width) // 2, (size[1] - height) // 2
    part = np.ascontiguousarray(large[y : y + height, x : x + width])
    return Rgb(part) if part.shape[2] == 3 else Rgba(part)


def blend_over(cut: Rgba, ground: Rgb | Rgba | list[int]) -> Rgb | Rgba:
    """The cut-out over a picture of its size or a colour (four of 0–255), mixed in sRGB's own
    numbers; without alpha where the ground has none.
    """
    below = np.asarray(ground, np.float32)
    share = cut[..., 3:].astype(np.float32) / 255
    under = (below[..., 3:] / 255 if below.shape[-1] == 4 else np.ones_like(share)) * (1 - share)
    total = share + under
    mixed = (cut[..., :3] * share + below[..., :3] * under) / np.maximum(total, 1e-6)
    colours = np.clip(mixed + 0.5, 0, 255).astype(np.uint8)
    if bool((total > 1 - 1e-4).all()):
        return Rgb(colours)
    return Rgba(np.dstack((colours, np.rint(total * 255).astype(np.uint8))))


def lay_on_shadow(cut: Rgba, *, kind: str, opacity: float) -> Rgba:
    """The cut-out with its product's shadow below it, as black that shows through."""
    shade = shadow_of(Alpha(np.ascontiguousarray(cut[..., 3])), kind, opacity)
    share = cut[..., 3:].astype(np.float32) / 255
    under = (1 - shade)[..., None] * (1 - share)
    total = share + under
    colours = cut[..., :3] * share / np.maximum(total, 1e-6)
    mixed = np.dstack((colours, total * 255))
    return Rgba(np.clip(mixed + 0.5, 0, 255).astype(np.uint8))


def shadow_of(alpha: Alpha, kind: str, opacity: float) -> Floats:
    """H×W float32 0–1: what the product of `alpha` (H×W uint8), where it is, leaves of the light."""
    height, width = alpha.shape
    # Where it is: the box's middle and foot, at its own size.
    found = place_product(alpha, width=width, height=height, scale=1.0)
    left, _, right, bottom = found["box"]
    place = {**found, "x": (left + right) / 2, "y": bottom, "ground": bottom}
    small = casting.cast_shadow(alpha, place, shadow=SHADOWS[kind], strength=opacity)
    return np.asarray(
        cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.float32
    )
