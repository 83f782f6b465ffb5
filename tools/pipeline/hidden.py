"""Colours that nobody sees: under full transparency a file may hold anything, and no step may care."""

import cv2
import numpy as np

from tools.pipeline.pixels import Octets, Rgb, Rgba, is_rgb

# Up to so many pixels each hidden one is given its neighbour's colour; above, all the same one.
NEAREST_UP_TO = 16_000_000
BAND = 256


def fill_hidden(photo: Rgb | Rgba) -> Rgb | Rgba:
    """The picture (H×W×3 or H×W×4 uint8 sRGB) with colours under full transparency that say no more
    than what is seen: the nearest visible one's, so that filters and statistics find no edge there.
    No visible pixel changes; the picture itself where nothing is hidden.
    """
    if is_rgb(photo):
        return photo
    clear = photo[..., 3] == 0
    if not clear.any():
        return photo
    filled = photo.copy()
    if clear.all():
        filled[...] = 0
    elif clear.size > NEAREST_UP_TO:
        filled[clear, :3] = _mean(Rgba(photo))
    else:
        _, labels = cv2.distanceTransformWithLabels(
            clear.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
        )
        seen = ~clear
        table = np.zeros((int(labels.max()) + 1, 3), np.uint8)
        table[labels[seen]] = photo[seen, :3]
        filled[clear, :3] = table[labels[clear]]
    return Rgba(filled)


def _mean(photo: Octets) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """What is seen on average, by how much of it covers."""
    total, weight = np.zeros(3), 0.0
    for start in range(0, photo.shape[0], BAND):
        rows = photo[start : start + BAND].astype(np.float64)
        total += (rows[..., :3] * rows[..., 3:]).sum(axis=(0, 1))
        weight += rows[..., 3].sum()
    return np.asarray(np.rint(total / max(weight, 1)), np.uint8)
