"""The cut-out itself."""

import numpy as np

from tools.pipeline.pixels import Alpha, Rgb, Rgba


def out(photo: Rgb | Rgba, alpha: Alpha, foreground: Rgb) -> Rgba:
    """Straight alpha: the foreground's colours, the photo's own where the subject is opaque.

    Pixels that are wholly see-through are black, so that nothing of the old background is left
    in the file for whoever opens the alpha channel.
    """
    height, width = alpha.shape
    result = np.empty((height, width, 4), np.uint8)
    result[..., :3] = foreground
    np.copyto(result[..., :3], photo[..., :3], where=(alpha == 255)[..., None])
    result[alpha == 0] = 0
    result[..., 3] = alpha
    return result
