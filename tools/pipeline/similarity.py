"""How alike two pictures are in structure and in the place of their edges, within a mask."""

import cv2
import numpy as np

from tools.pipeline.pixels import Floats, Mask, Rgb, to_grey

BAND = 512
MARGIN = 5  # of the window of 11 pixels
SIGMA = 1.5
C1, C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
EDGE_PIXELS = 1_000_000
QUANTILE = 0.95


def ssim(first: Rgb, second: Rgb, mask: Mask) -> float:
    """The mean structural similarity of luma under the mask, -1 to 1; 1 where the mask is empty.

    Both pictures are H×W×3 uint8 sRGB, the mask H×W bool. Z. Wang et al.: Image quality assessment
    (2004), with its Gaussian window. Outside the mask `second` counts as equal to `first`, so that
    windows over the border see no foreign picture.
    """
    total, count = 0.0, 0
    for start in range(0, mask.shape[0], BAND):
        rows = mask[start : start + BAND]
        if not rows.any():
            continue
        count += int(rows.sum())
        top = max(0, start - MARGIN)
        wide = slice(top, start + BAND + MARGIN)
        x, y = _grey(Rgb(first[wide])), _grey(Rgb(second[wide]))
        y = np.where(mask[wide], y, x)
        if np.array_equal(x, y):
            total += float(rows.sum())
            continue
        found = _ssim(x, y)[start - top : start - top + rows.shape[0]]
        total += float(found[rows].sum(dtype=np.float64))
    return total / count if count else 1.0


def edge_shift(first: Rgb, second: Rgb, mask: Mask) -> float:
    """How far edges have moved, in pixels of these pictures (H×W×3 uint8 sRGB; mask H×W bool): the
    distance that 95 % of the edges under the mask in either picture keep from the nearest edge in
    the other. 0 without edges.
    """
    scale = min(1.0, (EDGE_PIXELS / mask.size) ** 0.5)
    x = _edges(first, mask, scale)
    y = _edges(Rgb(np.where(mask[..., None], second, first)), mask, scale)
    if not (x.any() or y.any()):
        return 0.0
    if not (x.any() and y.any()):
        return float(max(mask.shape))  # all edges came, or went
    there, back = _distances(x, y), _distances(y, x)
    return float(max(np.quantile(there, QUANTILE), np.quantile(back, QUANTILE)) / scale)


def _grey(picture: Rgb) -> Floats:
    return to_grey(picture).astype(np.float32)


def _blurred(values: Floats) -> Floats:
    side = 2 * MARGIN + 1
    return np.asarray(cv2.GaussianBlur(values, (side, side), SIGMA), np.float32)


def _ssim(x: Floats, y: Floats) -> Floats:
    mx, my = _blurred(x), _blurred(y)
    vx, vy = _blurred(x * x) - mx * mx, _blurred(y * y) - my * my
    both = _blurred(x * y) - mx * my
    found = (2 * mx * my + C1) * (2 * both + C2) / ((mx * mx + my * my + C1) * (vx + vy + C2))
    return np.asarray(found, np.float32)


def _edges(picture: Rgb, mask: Mask, scale: float) -> Mask:
    size = max(1, round(mask.shape[1] * scale)), max(1, round(mask.shape[0] * scale))
    grey = np.asarray(cv2.resize(to_grey(picture), size, interpolation=cv2.INTER_AREA), np.uint8)
    within = cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    smooth = np.asarray(cv2.GaussianBlur(grey, (0, 0), 1.0), np.uint8)
    found = cv2.Canny(smooth, 40, 100)
    return np.asarray((found > 0) & (within > 0))


def _distances(edges: Mask, others: Mask) -> Floats:
    away = cv2.distanceTransform((~others).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return np.asarray(away[edges], np.float32)
