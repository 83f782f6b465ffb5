"""The uncertain band along the edge of a coarse shape, made into a matte."""

import cv2
import numpy as np

from tools.pipeline.matting import guided
from tools.pipeline.pixels import Floats


def signed_distance(shape: Floats) -> Floats:
    """Pixels to the 0.5 contour of a soft shape (H, W) in 0..1; positive inside."""
    inside = (shape > 0.5).astype(np.uint8)
    within: Floats = cv2.distanceTransform(inside, cv2.DIST_L2, 3)
    without: Floats = cv2.distanceTransform(1 - inside, cv2.DIST_L2, 3)
    return within - without


def solve(photo: Floats, shape: Floats, signed: Floats, reach: int) -> Floats:
    """A matte (H, W) in 0..1 that equals the shape beyond `reach` pixels from its contour.

    `photo` (H, W, 3) in 0..1. Within the band each colour is placed on the line between the
    subject's and the background's nearby colours; where these are alike, or the colour lies off
    the line, the shape itself is believed. A guided filter then joins it to the picture's edges.
    """
    core, outside = signed >= reach, signed <= -reach
    if not (core | (signed > 0)).any() or not (outside | (signed < 0)).any():
        return shape
    subject = _nearby(photo, core | (signed > 0.7 * reach), reach)
    background = _nearby(photo, outside | (signed < -0.7 * reach), reach)
    line = subject - background
    length = (line**2).sum(axis=2)
    place = ((photo - background) * line).sum(axis=2) / (length + 1e-4)
    off = photo - background - np.clip(place, 0, 1)[..., None] * line
    trust = length / (length + 0.12**2) * np.exp(-(off**2).sum(axis=2) / (2 * 0.08**2))
    soft = np.clip(0.5 + signed / 3.0, 0, 1)
    matte = trust * np.clip(place, 0, 1) + (1 - trust) * soft
    # Deep inside, and far outside, the shape limits what the colours may say.
    depth = signed / reach
    matte = np.clip(matte, np.clip(2.2 * depth - 0.4, 0, 1), np.clip(1.4 + 2.2 * depth, 0, 1))
    slope, offset = guided.coefficients(photo, matte.astype(np.float32), max(2, reach // 4), 3e-4)
    smooth = np.clip((slope * photo).sum(axis=2) + offset, 0, 1)
    # The last few per cent are noise: a clean core and a clean background compress and sell.
    smooth = np.clip((smooth - 0.04) / 0.92, 0, 1)
    smooth[core], smooth[outside] = 1, 0
    return smooth.astype(np.float32)


def _nearby(photo: Floats, known: np.ndarray, reach: int) -> Floats:
    """The known pixels' colour, averaged around every pixel; wider where none are near."""
    result = np.zeros_like(photo)
    missing = np.ones(known.shape, np.float32)
    weight = known.astype(np.float32)
    for radius in (2 * reach, 6 * reach, 40 * reach):
        side = (2 * radius + 1, 2 * radius + 1)
        total = cv2.boxFilter(weight, -1, side, borderType=cv2.BORDER_CONSTANT)
        colour = cv2.boxFilter(photo * weight[..., None], -1, side, borderType=cv2.BORDER_CONSTANT)
        # A few pixels of evidence do not settle a colour; the wider average fills the rest.
        share = np.minimum(total * side[0] * side[1] / 12, 1) * missing
        result += colour / (total + 1e-6)[..., None] * share[..., None]
        missing = missing - share
        if not missing.max() > 0.01:
            break
    return result + missing[..., None] * photo
