import cv2
import numpy as np

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
        return cv2.resize(photo, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    weight = photo[..., 3:].astype(np.float32)
    alpha = cv2.resize(weight, size, interpolation=cv2.INTER_AREA)
    colour = cv2.resize(photo[..., :3] * weight, size, interpolation=cv2.INTER_AREA)
    colour /= np.maximum(alpha, 1e-3)[..., None]
    small = np.dstack([colour, alpha])
    return np.clip(small + 0.5, 0, 255).astype(np.uint8)
