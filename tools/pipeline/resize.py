from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.pixels import Rgb, Rgba


def proxy(photo: Rgb | Rgba, *, pixels: int) -> Rgb | Rgba:
    """The photo area-averaged to at most `pixels` pixels; unchanged when it is no larger.

    An Rgba photo keeps its straight alpha; colours are averaged with alpha as weight, so that
    what lies under transparent pixels does not bleed in.
    """
    height, width = photo.shape[:2]
    if width * height <= pixels:
        return photo
    scale = (pixels / (width * height)) ** 0.5
    size = max(1, int(width * scale)), max(1, int(height * scale))
    if photo.shape[2] == 3:
        return averaged(photo, size).astype(np.uint8)
    weight = photo[..., 3:].astype(np.float32)
    alpha = averaged(weight, size)[..., None]
    colour = averaged(photo[..., :3] * weight, size) / np.maximum(alpha, 1e-3)
    small = np.concatenate([colour, alpha], axis=2)
    return np.clip(small + 0.5, 0, 255).astype(np.uint8)


def averaged(values: NDArray[Any], size: tuple[int, int]) -> NDArray[Any]:
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA))
