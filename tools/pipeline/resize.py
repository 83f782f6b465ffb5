from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline import ops
from tools.pipeline.pixels import Rgb, Rgba
from tools.pipeline.store import Value


def shrink_to_pixels(photo: Rgb | Rgba, *, pixels: int) -> Rgb | Rgba:
    """The photo area-averaged to at most `pixels` pixels; unchanged when it is no larger.

    An Rgba photo keeps its straight alpha; colours are averaged with alpha as weight, so that
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
    """The picture in what a chain of steps came to, which a further chain goes on from.

    Its size is an argument because composing has to know it before anything is computed.
    """
    picture: Rgb | Rgba = value if isinstance(value, np.ndarray) else value["image"]
    if picture.shape[:2] != (height, width):
        raise ValueError(f"{picture.shape[:2]} instead of {(height, width)}")
    return picture


def shrink_to_side(photo: Rgb | Rgba, *, side: int) -> Rgb | Rgba:
    """The photo area-averaged to a long side of `side` pixels; unchanged when it is no longer."""
    height, width = photo.shape[:2]
    size = ops.fit_within_side(width, height, side)
    return photo if size == (width, height) else shrunk(photo, size)


def shrunk(photo: Rgb | Rgba, size: tuple[int, int]) -> Rgb | Rgba:
    if photo.shape[2] == 3:
        return averaged(photo, size).astype(np.uint8)
    weight = photo[..., 3:].astype(np.float32)
    alpha = averaged(weight, size)[..., None]
    colour = averaged(photo[..., :3] * weight, size) / np.maximum(alpha, 1e-3)
    small = np.concatenate([colour, alpha], axis=2)
    return np.clip(small + 0.5, 0, 255).astype(np.uint8)


def averaged(values: NDArray[Any], size: tuple[int, int]) -> NDArray[Any]:
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA))
