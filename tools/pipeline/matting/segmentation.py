"""GrabCut in a colour space where shadows matter less."""

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.matting.strokes import DROP, KEEP
from tools.pipeline.pixels import Alpha, Floats, Rgb


def solve(picture: Rgb, likely: Floats, painted: NDArray[np.int8]) -> Alpha:
    seeds, level = _seeds(likely)
    seeds[painted == KEEP] = cv2.GC_FGD
    seeds[painted == DROP] = cv2.GC_BGD
    subject = (seeds == cv2.GC_FGD) | (seeds == cv2.GC_PR_FGD)
    if level < 0.02 or not subject.any() or subject.all():
        return np.zeros(likely.shape, np.uint8)
    cv2.setRNGSeed(1)
    nothing = np.zeros((1, 65))
    cv2.grabCut(dimmed(picture), seeds, None, nothing, nothing.copy(), 3, cv2.GC_INIT_WITH_MASK)
    mask = ((seeds == cv2.GC_FGD) | (seeds == cv2.GC_PR_FGD)).astype(np.uint8)
    return np.asarray(_main_parts(mask) * np.uint8(255))


def _seeds(likely: Floats) -> tuple[NDArray[np.uint8], float]:
    level, _ = cv2.threshold(
        np.round(likely * 255).astype(np.uint8), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU
    )
    level = min(0.95, level / 255 * 1.4)
    seeds = np.where(likely > level, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    seeds[likely < min(0.02, level * 0.2)] = cv2.GC_BGD
    return seeds, level


def dimmed(picture: Rgb) -> NDArray[np.uint8]:
    """Lab with lightness narrowed and colour widened: a shadow is the same surface, darker."""
    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB).astype(np.float32)
    lab[..., 0] *= 0.6
    lab[..., 1:] = (lab[..., 1:] - 128) * 1.6 + 128
    return np.clip(lab, 0, 255).astype(np.uint8)


def _main_parts(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    areas = stats[:, cv2.CC_STAT_AREA]
    if count <= 2:
        return mask
    kept = areas >= 0.05 * areas[1:].max()
    kept[0] = False
    return kept[labels].astype(np.uint8)
