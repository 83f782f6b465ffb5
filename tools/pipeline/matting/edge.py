"""The uncertain band along the edge of a coarse shape, made into a matte."""

import cv2
import numpy as np

from tools.pipeline.matting import bands, guided
from tools.pipeline.matting.planes import Mask, boxed, dotted, resized, to_float32, to_uint8
from tools.pipeline.pixels import Floats, Matte


def signed_distance(shape: Floats) -> Floats:
    """H×W float32, in pixels of any range: to the 0.5 contour of a soft shape (H×W 0–1); positive
    inside.
    """
    inside = to_uint8(shape > 0.5)
    within = to_float32(cv2.distanceTransform(inside, cv2.DIST_L2, 3))
    return within - to_float32(cv2.distanceTransform(1 - inside, cv2.DIST_L2, 3))


def solve(photo: Floats, signed: Floats, reach: int) -> Matte:
    """H×W float32 0–1: a matte that is 1 or 0 from `reach` pixels off the contour of the shape.

    `photo` is H×W×3 float32 0–1; `signed` as `signed_distance` gives it. Within the band each
    colour is placed on the line between the subject's and the background's nearby colours; where
    these are alike, or the colour lies off the line, the shape itself is believed. A guided filter
    then joins it to the picture's edges.
    """
    matte = Matte(to_float32(signed > 0))
    part = bands.find_bounding_box(np.abs(signed) < reach, 4 * reach)
    if matte[part].size:
        matte[part] = _solved(photo[part], signed[part], reach)
    return matte


def _solved(photo: Floats, signed: Floats, reach: int) -> Floats:
    core, outside = signed >= reach, signed <= -reach
    depth = signed / np.float32(reach)
    subject = _nearby(photo, depth > 0.7, reach)
    background = _nearby(photo, depth < -0.7, reach)
    line = subject - background
    length = dotted(line, line)
    place = dotted(photo - background, line) / (length + 1e-4)
    off = photo - background - np.clip(place, 0, 1)[..., None] * line
    trust = length / (length + 0.12**2) * np.exp(-dotted(off, off) / (2 * 0.08**2))
    soft = np.clip(0.5 + signed / 3.0, 0, 1)
    matte = trust * np.clip(place, 0, 1) + (1 - trust) * soft
    # Deep inside, and far outside, the shape limits what the colours may say.
    matte = np.clip(matte, np.clip(2.2 * depth - 0.4, 0, 1), np.clip(1.4 + 2.2 * depth, 0, 1))
    slope, offset = guided.coefficients(photo, to_float32(matte), max(2, reach // 4), 3e-4)
    smooth = np.clip(dotted(slope, photo) + offset, 0, 1)
    # The last few per cent are noise: a clean core and a clean background compress and sell.
    smooth = np.clip((smooth - 0.04) / 0.92, 0, 1)
    smooth[core], smooth[outside] = 1, 0
    return to_float32(smooth)


def _nearby(photo: Floats, known: Mask, reach: int) -> Floats:
    """The known pixels' colour, averaged around every pixel; wider where none are near.

    Averages this wide are smooth, so they are taken at half the size.
    """
    height, width = known.shape
    half = max(1, height // 2), max(1, width // 2)
    present = resized(to_float32(known), *half)
    colours = resized(photo * known[..., None], *half)
    result = np.zeros_like(colours)
    missing = np.ones_like(present)
    for radius in (reach, 3 * reach, 20 * reach):
        side = 2 * radius + 1
        total = boxed(present, side, border=cv2.BORDER_CONSTANT)
        # A few pixels of evidence do not settle a colour; the wider average fills the rest.
        share = np.minimum(total * np.float32(side * side / 4), 1) * missing
        around = boxed(colours, side, border=cv2.BORDER_CONSTANT)
        result += around * (share / (total + np.float32(1e-6)))[..., None]
        missing = missing - share
        if not missing.max() > 0.01:
            break
    return resized(result, height, width)
