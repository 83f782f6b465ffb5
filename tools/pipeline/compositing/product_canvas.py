"""A canvas with nothing but the product on it, for a model to paint the rest; and what it painted,
as a background like any other.
"""

from typing import Any

import cv2
import numpy as np

from tools.pipeline import registration
from tools.pipeline.compositing.compose import laid
from tools.pipeline.pixels import Alpha, Rgb, Rgba, take_alpha

# What a model sees where it is to paint: neither dark nor light, so that it leans neither way.
GREY = 128


def stage_product(
    foreground: Rgb, alpha: Alpha, placement: dict[str, Any], *, width: int, height: int
) -> Rgba:
    """H×W×4 uint8 sRGB of width by height pixels: the product (H×W×3 and H×W uint8) where `compose`
    will lay it, on grey; alpha is its own.
    """
    layer = laid(foreground, alpha, placement, width, height).clipped(width, height)
    out = np.empty((height, width, 4), np.uint8)
    out[..., :3], out[..., 3] = GREY, 0
    high, wide = layer.alpha.shape
    part = out[layer.top : layer.top + high, layer.left : layer.left + wide]
    share = layer.alpha[..., None].astype(np.float32) / 255
    part[..., :3] = np.rint(layer.colour * share + GREY * (1 - share))
    part[..., 3] = layer.alpha
    return Rgba(out)


def fill_behind_product(painted: Rgb, stage: Rgba, *, width: int, height: int) -> Rgb:
    """H×W×3 uint8 sRGB of width by height pixels: the painted picture with its surroundings going
    on underneath the product of the stage (H×W×4), so that the product may be laid over it, or
    moved.
    """
    out = registration.remove_ghost(painted, take_alpha(stage))
    if out.shape[:2] == (height, width):
        return out
    how = cv2.INTER_AREA if height < out.shape[0] else cv2.INTER_CUBIC
    return Rgb(np.asarray(cv2.resize(out, (width, height), interpolation=how), np.uint8))
