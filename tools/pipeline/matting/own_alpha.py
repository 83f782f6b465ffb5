"""A photo that came with transparency: whoever made it has already cut the subject out."""

import numpy as np

from tools.pipeline.pixels import Alpha, Rgb, Rgba, is_rgba, take_alpha

# Less than this share see-through, or opaque, is an accident (a rounded corner, a stray pixel).
MEANINGFUL = 0.005


def of(photo: Rgb | Rgba) -> Alpha | None:
    """The photo's own alpha, H×W uint8, when it says something (of H×W×4 uint8 sRGB), else None."""
    if not is_rgba(photo):
        return None
    alpha = take_alpha(photo)
    clear = np.count_nonzero(alpha < 128) / alpha.size
    return alpha if MEANINGFUL <= clear <= 1 - MEANINGFUL else None
