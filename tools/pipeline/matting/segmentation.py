"""Several starts, each solved with GrabCut, and the outline of the one that was chosen."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.matting import bands
from tools.pipeline.matting.planes import Mask, make_disk, to_float32, to_uint8
from tools.pipeline.matting.starts import Colours, Start
from tools.pipeline.matting.strokes import DROP, KEEP
from tools.pipeline.parallel import CORES
from tools.pipeline.pixels import Floats, Rgb

ROUNDS = 2
# How much background beside the mask the outline is judged by, in reaches.
AROUND = 20
# A separate part smaller than this share of the largest is not part of the subject.
CRUMB = 0.05
# A subject that covers less of the picture than this is a speck, unless it was painted.
LEAST = 0.002
# Masks that overlap by more than this are one.
SAME = 0.995
# Where the first two overlap by more than this, the others add nothing: of 72 photographs half take
# a fifth less time, for 0.0004 of their mean IoU.
AGREED = 0.93


def hypotheses(
    picture: Rgb, starts: Iterable[Start], likely: Floats, painted: NDArray[np.int8]
) -> list[Mask]:
    """Different masks (H×W bool) of the subject in `picture` (H×W×3 uint8 sRGB); none if nothing
    stands out.

    `likely` (H×W) is 0–1. Painted pixels (H×W int8, -1 to 1) are hard seeds, and crumbs that hold a
    painted pixel are kept. GrabCut (Rother et al., SIGGRAPH 2004).
    """
    found: list[Mask] = []
    least = 0 if (painted == KEEP).any() else LEAST * painted.size
    for mask in solved(picture, iter(starts), painted):
        for part in (without_crumbs(mask, painted), _likeliest_part(mask, likely, painted)):
            size = int(np.count_nonzero(part))
            if size == 0 or size < least or size == part.size:
                continue
            if not any(_overlap(part, other) > SAME for other in found):
                found.append(part)
    return found


def solved(picture: Rgb, starts: Iterator[Start], painted: NDArray[np.int8]) -> list[Mask]:
    """The mask of each start, a core to each; of the first two alone where they agree."""

    def answer(start: Start) -> Mask:
        return solve(seen_as(picture, start.seen), start, painted)

    with ThreadPoolExecutor(CORES) as pool:
        masks = list(pool.map(answer, islice(starts, 2)))
        if len(masks) < 2 or _overlap(*masks) <= AGREED:
            masks += pool.map(answer, starts)
    return masks


def _overlap(one: Mask, other: Mask) -> float:
    return int(np.count_nonzero(one & other)) / max(1, int(np.count_nonzero(one | other)))


def solve(picture: Rgb, start: Start, painted: NDArray[np.int8]) -> Mask:
    """GrabCut (Rother et al., SIGGRAPH 2004)."""
    seeds = np.where(start.mask, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    seeds[start.certain] = cv2.GC_BGD
    return cut(picture, seeds, painted)


def sharpen(picture: Rgb, mask: Mask, reach: int, painted: NDArray[np.int8]) -> Mask:
    """The mask (H×W bool) of `picture` (H×W×3 uint8 sRGB) solved again, only within `reach` pixels
    of its outline, by the colours around it. `painted` is H×W int8, -1 to 1.
    """
    plane, kernel = to_uint8(mask), make_disk(reach)
    seeds = np.where(mask, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    seeds[to_uint8(cv2.erode(plane, kernel, borderValue=1)) > 0] = cv2.GC_FGD
    seeds[to_uint8(cv2.dilate(plane, kernel)) == 0] = cv2.GC_BGD
    near = bands.find_bounding_box(mask | (painted == KEEP), AROUND * reach)
    result = np.zeros_like(mask)
    piece = Rgb(np.ascontiguousarray(picture[near]))
    result[near] = cut(piece, seeds[near], painted[near], rounds=1)
    return result


def cut(
    picture: Rgb, seeds: NDArray[np.uint8], painted: NDArray[np.int8], rounds: int = ROUNDS
) -> Mask:
    """GrabCut's mask (H×W bool) of `picture` (H×W×3 uint8 sRGB) from seeds (H×W uint8, its own
    codes 0–3) and from what was painted (H×W int8, -1 to 1).
    """
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


def seen_as(picture: Rgb, colours: Colours) -> Rgb:
    """The picture, H×W×3 uint8 sRGB, or its Lab (H×W×3 uint8) with lightness and chroma weighed
    anew.
    """
    if not colours.chroma:
        return picture
    lab = to_float32(cv2.cvtColor(picture, cv2.COLOR_RGB2LAB))
    lab[..., 0] *= colours.lightness
    lab[..., 1:] = (lab[..., 1:] - 128) * colours.chroma + 128
    return Rgb(to_uint8(np.clip(lab, 0, 255)))


def without_crumbs(mask: Mask, painted: NDArray[np.int8]) -> Mask:
    """The mask (H×W bool) without small parts beside a large one, but for those that were painted
    (H×W int8, -1 to 1).
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(to_uint8(mask))
    if count <= 2:
        return mask
    areas = stats[:, cv2.CC_STAT_AREA]
    kept = areas >= CRUMB * areas[1:].max()
    kept[labels[painted == KEEP]] = True
    kept[0] = False
    return np.asarray(kept[labels])


def _likeliest_part(mask: Mask, likely: Floats, painted: NDArray[np.int8]) -> Mask:
    count, labels = cv2.connectedComponents(to_uint8(mask))
    weight = np.bincount(labels.ravel(), likely.ravel(), count)
    weight[0] = 0
    kept = np.zeros(count, np.bool_)
    kept[weight.argmax()] = True
    kept[labels[painted == KEEP]] = True
    kept[0] = False
    return np.asarray(kept[labels])
