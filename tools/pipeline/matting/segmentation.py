"""Several readings of one likelihood map, each solved with GrabCut."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.matting import bands
from tools.pipeline.matting.planes import Mask, disk, floats, octets
from tools.pipeline.matting.strokes import DROP, KEEP
from tools.pipeline.pixels import Floats, Rgb


@dataclass(frozen=True)
class Reading:
    """How colours are seen, and how sure a pixel must look to start as subject."""

    lightness: float  # lightness and chroma are scaled by these in Lab; 0 stays in RGB
    chroma: float
    strictness: float  # times Otsu's level


# Shadows are the same surface, darker: where lightness counts for less, they stay outside. Where
# subject and background differ in lightness only, RGB sees it. No one reading is best.
READINGS = (
    Reading(lightness=0.6, chroma=1.6, strictness=0.6),
    Reading(lightness=0.6, chroma=1.6, strictness=1.4),
    Reading(lightness=0.35, chroma=2.0, strictness=1.2),
    Reading(lightness=0.0, chroma=0.0, strictness=1.0),
)
ROUNDS = 3
# How much background beside the mask the outline is judged by, in reaches.
AROUND = 10
# A separate part smaller than this share of the largest is not part of the subject.
CRUMB = 0.05


def hypotheses(
    picture: Rgb, likely: Floats, painted: NDArray[np.int8]
) -> Iterator[tuple[Mask, Reading]]:
    """Different masks (H, W) of the subject in `picture`; none if nothing stands out.

    `likely` (H, W) is 0..1. Painted pixels are hard seeds, and crumbs that hold a painted pixel
    are kept.
    """
    otsu, _ = cv2.threshold(np.round(likely * 255).astype(np.uint8), 0, 255, cv2.THRESH_OTSU)
    level = otsu / 255
    rim = np.zeros(likely.shape, np.bool_)
    rim[:1] = rim[-1:] = rim[:, :1] = rim[:, -1:] = True
    certain = ((likely < level * 0.25) & rim) | (likely < min(0.02, level * 0.2))
    seen: set[bytes] = set()
    for reading in READINGS:
        start = likely > min(0.95, level * reading.strictness)
        mask = solve(seen_as(picture, reading), start, ~certain, painted)
        for part in (without_crumbs(mask, painted), _likeliest_part(mask, likely, painted)):
            if part.any() and not part.all() and part.tobytes() not in seen:
                seen.add(part.tobytes())
                yield part, reading


def solve(picture: Rgb, start: Mask, open_: Mask, painted: NDArray[np.int8]) -> Mask:
    """GrabCut (Rother et al., SIGGRAPH 2004) from `start`; what is not open is background."""
    seeds = np.where(start, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    seeds[~open_] = cv2.GC_BGD
    return cut(picture, seeds, painted)


def sharpen(picture: Rgb, mask: Mask, reach: int, painted: NDArray[np.int8]) -> Mask:
    """Solve again, only within `reach` pixels of the mask's outline, by the colours around it."""
    plane, kernel = octets(mask), disk(reach)
    seeds = np.where(mask, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    seeds[octets(cv2.erode(plane, kernel, borderValue=1)) > 0] = cv2.GC_FGD
    seeds[octets(cv2.dilate(plane, kernel)) == 0] = cv2.GC_BGD
    near = bands.box(mask | (painted == KEEP), AROUND * reach)
    result = np.zeros_like(mask)
    result[near] = cut(np.ascontiguousarray(picture[near]), seeds[near], painted[near], rounds=1)
    return result


def cut(
    picture: Rgb, seeds: NDArray[np.uint8], painted: NDArray[np.int8], rounds: int = ROUNDS
) -> Mask:
    seeds = seeds.copy()
    seeds[painted == KEEP] = cv2.GC_FGD
    seeds[painted == DROP] = cv2.GC_BGD
    subject = (seeds & 1) > 0  # GC_FGD and GC_PR_FGD are the odd ones
    if not subject.any() or subject.all():
        return subject
    cv2.setRNGSeed(1)
    colours, others = np.zeros((1, 65)), np.zeros((1, 65))
    nowhere = (0, 0, 0, 0)
    cv2.grabCut(picture, seeds, nowhere, colours, others, rounds, cv2.GC_INIT_WITH_MASK)
    return (seeds & 1) > 0


def seen_as(picture: Rgb, reading: Reading) -> Rgb:
    if not reading.chroma:
        return picture
    lab = floats(cv2.cvtColor(picture, cv2.COLOR_RGB2LAB))
    lab[..., 0] *= reading.lightness
    lab[..., 1:] = (lab[..., 1:] - 128) * reading.chroma + 128
    return octets(np.clip(lab, 0, 255))


def without_crumbs(mask: Mask, painted: NDArray[np.int8]) -> Mask:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(octets(mask))
    if count <= 2:
        return mask
    areas = stats[:, cv2.CC_STAT_AREA]
    kept = areas >= CRUMB * areas[1:].max()
    kept[labels[painted == KEEP]] = True
    kept[0] = False
    return np.asarray(kept[labels])


def _likeliest_part(mask: Mask, likely: Floats, painted: NDArray[np.int8]) -> Mask:
    count, labels = cv2.connectedComponents(octets(mask))
    weight = np.bincount(labels.ravel(), likely.ravel(), count)
    weight[0] = 0
    kept = np.zeros(count, np.bool_)
    kept[weight.argmax()] = True
    kept[labels[painted == KEEP]] = True
    kept[0] = False
    return np.asarray(kept[labels])
