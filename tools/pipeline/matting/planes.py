"""OpenCV on arrays, with the types it loses: what goes in as float32 or uint8 comes out so."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.pixels import Alpha, Floats

Mask = NDArray[np.bool_]


def to_float32(values: Any) -> Floats:
    return np.asarray(values, np.float32)


def to_uint8(values: Any) -> NDArray[np.uint8]:
    return np.asarray(values, np.uint8)


def mask(values: Any) -> Alpha:
    """True to 255."""
    return to_uint8(values) * np.uint8(255)


def resized(plane: Floats, height: int, width: int) -> Floats:
    """To another size: averaged on the way down, bilinear on the way up."""
    how = cv2.INTER_AREA if height < plane.shape[0] else cv2.INTER_LINEAR
    return to_float32(cv2.resize(to_float32(plane), (width, height), interpolation=how))


def fit_long_side(picture: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """To a long side of `side` pixels."""
    height, width = picture.shape[:2]
    scale = side / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return to_uint8(cv2.resize(picture, size, interpolation=how))


def boxed(plane: Floats, side: int, *, border: int = cv2.BORDER_REFLECT) -> Floats:
    """The average over a square."""
    return to_float32(cv2.boxFilter(plane, -1, (side, side), borderType=border))


def blurred(plane: Floats, sigma: float) -> Floats:
    return to_float32(cv2.GaussianBlur(plane, (0, 0), sigma))


def dotted(one: Floats, other: Floats) -> Floats:
    """(H, W): the inner product of the colours of every pixel.

    NumPy sums over an axis of three at a tenth of this speed.
    """
    return to_float32(np.einsum("ijk,ijk->ij", one, other))


def make_disk(radius: int) -> NDArray[np.uint8]:
    side = 2 * radius + 1
    return to_uint8(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
