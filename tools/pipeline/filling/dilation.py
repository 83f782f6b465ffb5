"""Where something is missing."""

import cv2
import numpy as np

from tools.pipeline.pixels import Mask


def dilate_mask(hole: Mask, reach: float) -> Mask:
    """The hole (H×W bool) and what lies within `reach` pixels of it, at a cost that does not grow
    with it.
    """
    out = hole.copy()
    if not hole.any():
        return out
    rows, cols = (np.flatnonzero(hole.any(axis=axis)) for axis in (1, 0))
    margin = int(reach) + 2
    box = (
        slice(max(0, int(rows[0]) - margin), int(rows[-1]) + margin + 1),
        slice(max(0, int(cols[0]) - margin), int(cols[-1]) + margin + 1),
    )
    away = cv2.distanceTransform((~hole[box]).astype(np.uint8), cv2.DIST_L2, 5)
    out[box] = away <= reach
    return out
