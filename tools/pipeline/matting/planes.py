"""OpenCV on arrays, with the types it loses: what goes in as float32 or uint8 comes out so."""

from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.pixels import Alpha, Floats, Kind, Octets

Mask = NDArray[np.bool_]


def to_float32(values: Any) -> Floats:
    """Anything as float32, of its own shape (…,) and of any range."""
    return np.asarray(values, np.float32)


def to_uint8(values: Any) -> Octets:
    """Anything as uint8, of its own shape (…,)."""
    return np.asarray(values, np.uint8)


def mask(values: Any) -> Alpha:
    """Anything that is 0 or 1, of its own shape (…,), as alpha: uint8 0 or 255."""
    return Alpha(to_uint8(values) * np.uint8(255))


def resized(plane: Floats, height: int, width: int) -> Floats:
    """H×W (or H×W×C) float32 of any range to another size: averaged on the way down, bilinear on
    the way up.
    """
    how = cv2.INTER_AREA if height < plane.shape[0] else cv2.INTER_LINEAR
    return to_float32(cv2.resize(to_float32(plane), (width, height), interpolation=how))


def fit_long_side(picture: Kind, side: int) -> Kind:
    """H×W (or H×W×C) uint8 to a long side of `side` pixels: averaged on the way down, bilinear on
    the way up.
    """
    height, width = picture.shape[:2]
    scale = side / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return cast("Kind", to_uint8(cv2.resize(picture, size, interpolation=how)))


def boxed(plane: Floats, side: int, *, border: int = cv2.BORDER_REFLECT) -> Floats:
    """H×W float32 of any range: the average over a square of `side` pixels."""
    return to_float32(cv2.boxFilter(plane, -1, (side, side), borderType=border))


def blurred(plane: Floats, sigma: float) -> Floats:
    """H×W float32 of any range, blurred by a Gaussian of `sigma` pixels."""
    return to_float32(cv2.GaussianBlur(plane, (0, 0), sigma))


def dotted(one: Floats, other: Floats) -> Floats:
    """H×W float32 of any range: the inner product of the colours, H×W×3, of every pixel.

    NumPy sums over an axis of three at a tenth of this speed.
    """
    return to_float32(np.einsum("ijk,ijk->ij", one, other))


def make_disk(radius: int) -> Octets:
    """A brush for morphology: a disc of 2·radius+1 pixels, h×h uint8 0 or 1."""
    side = 2 * radius + 1
    return to_uint8(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
