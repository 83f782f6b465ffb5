"""How alike two pictures are in structure and in the place of their edges, within a mask."""

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.pixels import Rgb

BAND = 512
MARGIN = 5  # of the window of 11 pixels
SIGMA = 1.5
C1, C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
EDGE_PIXELS = 1_000_000
QUANTILE = 0.95


def ssim(first: Rgb, second: Rgb, mask: NDArray[np.bool_]) -> float:
    """The mean structural similarity of luma under the mask, -1..1; 1 where the mask is empty.

    Z. Wang et al.: Image quality assessment (2004), with its Gaussian window. Outside the mask
    `second` counts as equal to `first`, so that windows over the border see no foreign picture.
    """
    total, count = 0.0, 0
    for start in range(0, mask.shape[0], BAND):
        rows = mask[start : start + BAND]
        if not rows.any():
            continue
        count += int(rows.sum())
        top = max(0, start - MARGIN)
        wide = slice(top, start + BAND + MARGIN)
        x, y = _grey(first[wide]), _grey(second[wide])
        y = np.where(mask[wide], y, x)
        if np.array_equal(x, y):
            total += float(rows.sum())
            continue
        found = _ssim(x, y)[start - top : start - top + rows.shape[0]]
        total += float(found[rows].sum(dtype=np.float64))
    return total / count if count else 1.0


def edge_shift(first: Rgb, second: Rgb, mask: NDArray[np.bool_]) -> float:
    """How far edges have moved, in pixels of these pictures: the distance that 95 % of the edges
    under the mask in either picture keep from the nearest edge in the other. 0 without edges.
    """
    scale = min(1.0, (EDGE_PIXELS / mask.size) ** 0.5)
    x = _edges(first, mask, scale)
    y = _edges(np.where(mask[..., None], second, first), mask, scale)
    if not (x.any() or y.any()):
        return 0.0
    if not (x.any() and y.any()):
        return float(max(mask.shape))  # all edges came, or went
    there, back = _distances(x, y), _distances(y, x)
    return float(max(np.quantile(there, QUANTILE), np.quantile(back, QUANTILE)) / scale)


def _grey(picture: Rgb) -> NDArray[np.float32]:
    return cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)


def _blurred(values: NDArray[np.float32]) -> NDArray[np.float32]:
    side = 2 * MARGIN + 1
    return np.asarray(cv2.GaussianBlur(values, (side, side), SIGMA), np.float32)


def _ssim(x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.float32]:
    mx, my = _blurred(x), _blurred(y)
    vx, vy = _blurred(x * x) - mx * mx, _blurred(y * y) - my * my
    both = _blurred(x * y) - mx * my
    found = (2 * mx * my + C1) * (2 * both + C2) / ((mx * mx + my * my + C1) * (vx + vy + C2))
    return np.asarray(found, np.float32)


def _edges(picture: Rgb, mask: NDArray[np.bool_], scale: float) -> NDArray[np.bool_]:
    size = max(1, round(mask.shape[1] * scale)), max(1, round(mask.shape[0] * scale))
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    within = cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    smooth = np.asarray(cv2.GaussianBlur(grey, (0, 0), 1.0), np.uint8)
    found = cv2.Canny(smooth, 40, 100)
    return np.asarray((found > 0) & (within > 0))


def _distances(edges: NDArray[np.bool_], others: NDArray[np.bool_]) -> NDArray[np.float32]:
    away = cv2.distanceTransform((~others).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return np.asarray(away[edges], np.float32)
