"""The cut-out itself."""

import cv2
import numpy as np

from tools.pipeline.errors import NoSubjectError
from tools.pipeline.matting import bands
from tools.pipeline.matting.planes import to_uint8
from tools.pipeline.pixels import Alpha, Rgb, Rgba


def cut_out_subject(photo: Rgb | Rgba, alpha: Alpha, foreground: Rgb) -> Rgba:
    """H×W×4 uint8 sRGB with straight alpha (H×W uint8): the foreground's colours (H×W×3), the
    photo's own where the subject is opaque.

    Pixels that are wholly see-through are black, so that nothing of the old background is left
    in the file for whoever opens the alpha channel. Raises NoSubjectError where nothing is left.
    """
    if not alpha.any():
        raise NoSubjectError
    height, width = alpha.shape
    result = np.zeros((height, width, 4), np.uint8)
    for rows in bands.split_rows(height, width):
        share = alpha[rows]
        colours = np.zeros((*share.shape, 3), np.uint8)
        cv2.copyTo(foreground[rows], share, colours)
        own = np.ascontiguousarray(photo[rows, :, :3])
        cv2.copyTo(own, to_uint8(share == 255), colours)
        cv2.merge([*cv2.split(colours), share], result[rows])
    return Rgba(result)
