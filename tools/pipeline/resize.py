from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline import ops
from tools.pipeline.pixels import Picture, Rgb, Rgba, drop_alpha, is_rgb
from tools.pipeline.store import Value


def shrink_to_pixels(photo: Picture, *, pixels: int) -> Picture:
    """The photo (H×W×3 or H×W×4 uint8 sRGB) area-averaged to at most `pixels` pixels; unchanged
    when it is no larger.

    An H×W×4 photo keeps its straight alpha; colours are averaged with alpha as weight, so that
    what lies under transparent pixels does not bleed in.
    """
    height, width = photo.shape[:2]
    if width * height <= pixels:
        return photo
    scale = (pixels / (width * height)) ** 0.5
    # What is short of a whole pixel by a rounding error is that pixel.
    size = max(1, int(width * scale + 1e-6)), max(1, int(height * scale + 1e-6))
    return shrunk(photo, size)


def read_result(value: Value, *, width: int, height: int) -> Rgb | Rgba:
    """The picture (H×W×3 or H×W×4 uint8 sRGB) in what a chain of steps came to, which a further
    chain goes on from. Raises ValueError when it has another size than `width` and `height`.

    Its size is an argument because composing has to know it before anything is computed.
    """
    found: Any = value if isinstance(value, np.ndarray) else value["image"]
    picture: Rgb | Rgba = found
    if picture.shape[:2] != (height, width):
        raise ValueError(f"{picture.shape[:2]} instead of {(height, width)}")
    return picture


def shrink_to_side(photo: Picture, *, side: int) -> Picture:
    """The photo (H×W×3 or H×W×4 uint8 sRGB) area-averaged to a long side of `side` pixels;
    unchanged when it is no longer.
    """
    height, width = photo.shape[:2]
    size = ops.fit_within_side(width, height, side)
    return photo if size == (width, height) else shrunk(photo, size)


def shrink_to_size(photo: Picture, *, width: int, height: int) -> Picture:
    """The photo (H×W×3 or H×W×4 uint8 sRGB) area-averaged to exactly that size, which is no larger
    than its own.
    """
    return photo if photo.shape[:2] == (height, width) else shrunk(photo, (width, height))


def cut_part(photo: Picture, *, box: list[int]) -> Picture:
    """The part of the photo (H×W×3 or H×W×4 uint8 sRGB) in `box` = [left, top, right, bottom], in
    pixels, half-open.
    """
    left, top, right, bottom = box
    return cast("Picture", np.ascontiguousarray(photo[top:bottom, left:right]))


def shrunk(photo: Picture, size: tuple[int, int]) -> Picture:
    """The photo (H×W×3 or H×W×4 uint8 sRGB) area-averaged to `size` = (width, height)."""
    if is_rgb(photo):
        return cast("Picture", averaged(photo, size).astype(np.uint8))
    weight = photo[..., 3:].astype(np.float32)
    alpha = averaged(weight, size)[..., None]
    colour = averaged(drop_alpha(photo) * weight, size) / np.maximum(alpha, 1e-3)
    small = np.concatenate([colour, alpha], axis=2)
    return cast("Picture", np.clip(small + 0.5, 0, 255).astype(np.uint8))


def averaged(values: NDArray[Any], size: tuple[int, int]) -> NDArray[Any]:
    """Float or uint8 values (H, W, …), of any range, averaged to `size` = (width, height)."""
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA))
