"""Moving and softening the edge of a finished matte."""

import cv2
import numpy as np

from tools.pipeline.matting.planes import blurred, fit_long_side, make_disk, to_float32, to_uint8
from tools.pipeline.pixels import Alpha, Floats

# A blur or a shift wider than this many pixels loses nothing when done on a smaller copy.
WIDE = 4.0


def shift_matte_edge(matte: Alpha, *, softness: float, shift: float) -> Alpha:
    """The matte (H×W uint8) with its edge blurred and moved.

    `softness` (a blur's sigma) and `shift` (outwards, or inwards if negative) are relative to
    the long side; zeros leave the matte as it is.
    """
    side = max(matte.shape)
    if shift * side >= 0.1 or shift * side <= -0.1:
        matte = _shifted(matte, shift * side)
    if softness * side >= 0.2:
        matte = _softened(matte, softness * side)
    return matte


def _smaller(matte: Alpha, reach: float) -> tuple[Alpha, float]:
    scale = min(1.0, WIDE / reach)
    return (
        (matte, 1.0)
        if scale == 1.0
        else (fit_long_side(matte, round(scale * max(matte.shape))), scale)
    )


def _enlarged(small: Floats, matte: Alpha) -> Alpha:
    plane = to_uint8(np.round(small))
    size = matte.shape[1], matte.shape[0]
    return Alpha(to_uint8(cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR)))


def _shifted(matte: Alpha, pixels: float) -> Alpha:
    small, scale = _smaller(matte, abs(pixels))
    whole, part = divmod(abs(pixels) * scale, 1.0)
    move = cv2.dilate if pixels > 0 else cv2.erode
    near = to_float32(move(small, make_disk(int(whole))))
    far = to_float32(move(small, make_disk(int(whole) + 1)))
    carried = _enlarged(near + np.float32(part) * (far - near), matte)
    return Alpha(np.maximum(carried, matte) if pixels > 0 else np.minimum(carried, matte))


def _softened(matte: Alpha, sigma: float) -> Alpha:
    small, scale = _smaller(matte, sigma)
    return _enlarged(blurred(to_float32(small), sigma * scale), matte)
