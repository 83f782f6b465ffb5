"""A photo that came with transparency: whoever made it has already cut the subject out."""

import numpy as np

from tools.pipeline.pixels import Alpha, Rgb, Rgba

# Less than this share see-through, or opaque, is an accident (a rounded corner, a stray pixel).
MEANINGFUL = 0.005


def of(photo: Rgb | Rgba) -> Alpha | None:
    """The photo's own alpha when it says something, else None."""
    if photo.shape[2] < 4:
        return None
    alpha = photo[..., 3]
    clear = np.count_nonzero(alpha < 128) / alpha.size
    return alpha if MEANINGFUL <= clear <= 1 - MEANINGFUL else None
