"""A fill brought to the level of the photo around it, at any size.

Perez, Gangnet and Blake, "Poisson image editing" (SIGGRAPH 2003): what is missing at the rim is
spread over the hole. It is smooth, so a reduced picture of it is enough.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.filling import membrane
from tools.pipeline.pixels import Floats

_REDUCED = 1024  # long side
_SOFT = 2.0  # pixels of the reduced picture: grain at the rim is not to be spread


def spread(places: NDArray[np.int64], missing: Floats, shape: tuple[int, int]) -> Floats:
    """Reduced h×w×3 float32 picture, in levels of -255 to 255, of `missing` (n, 3), known at
    `places` (n, 2) of a picture of that shape.
    """
    scale = min(1.0, _REDUCED / max(shape))
    height, width = (max(1, round(side * scale)) for side in shape)
    at = (places * (height / shape[0], width / shape[1])).astype(np.int64)
    flat = np.minimum(at[:, 0], height - 1) * width + np.minimum(at[:, 1], width - 1)
    count = np.bincount(flat, minlength=height * width)
    sums = [np.bincount(flat, part, height * width) for part in missing.T]
    mean = np.stack(sums, axis=1) / np.maximum(count, 1)[:, None]
    known = (count > 0).reshape(height, width)
    values = membrane.interpolate_membrane(mean.reshape(height, width, 3).astype(np.float32), known)
    return np.asarray(cv2.GaussianBlur(values, (0, 0), _SOFT, borderType=cv2.BORDER_REFLECT))


def stretched(reduced: Floats, shape: tuple[int, int], rows: slice) -> Floats:
    """Those rows of the reduced picture (h×w×3 float32, of any range) at the full size `shape`, by
    bilinear interpolation.
    """
    down, across = reduced.shape[0] / shape[0], reduced.shape[1] / shape[1]
    there = np.array(
        [
            [across, 0, 0.5 * across - 0.5],
            [0, down, (rows.start + 0.5) * down - 0.5],
        ]
    )
    return np.asarray(
        cv2.warpAffine(
            reduced,
            there,
            (shape[1], rows.stop - rows.start),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
    )
