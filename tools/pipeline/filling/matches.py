"""Which patch of a picture stands for each place of a hole, and what all of them say together."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.pixels import Floats, Mask, Rgb

Places = NDArray[np.int64]  # (n, 2): row, column

HALF = 3  # patches of 7 x 7
_LOOKED_AT = 1_000_000
WINDOW: Places = np.stack(
    np.meshgrid(np.arange(-HALF, HALF + 1), np.arange(-HALF, HALF + 1), indexing="ij"), axis=-1
).reshape(-1, 2)


@dataclass(slots=True)
class Match:
    """For every target place the place of the like patch, how unlike it still is, and how much
    its word counts. `index` (rows, W) holds the number of the target at a place from row `top` on,
    -1 where there is none; `shape` is the whole picture's.
    """

    targets: Places
    sources: Places
    distance: Floats
    weight: Floats
    index: NDArray[np.int32]
    shape: tuple[int, int]
    top: int = 0


def allowed_in(barred: Mask) -> Mask:
    """Centres, H×W bool, of patches that lie wholly in the picture and outside of what is barred
    (H×W bool).
    """
    side = 2 * HALF + 1
    free = cv2.erode((~barred).astype(np.uint8), np.ones((side, side), np.uint8)) > 0
    inner = np.zeros_like(barred)
    inner[HALF:-HALF, HALF:-HALF] = True
    return free & inner


def targets_of(hole: Mask, rows: slice) -> tuple[Places, NDArray[np.int32]]:
    """Centres (n, 2), in some rows, of patches that touch the hole (H×W bool), and the number of
    each at its place, rows×W int32, else -1.
    """
    first, last = max(0, rows.start - HALF), min(hole.shape[0], rows.stop + HALF)
    around = np.ones((2 * HALF + 1, 2 * HALF + 1), np.uint8)
    touching = cv2.dilate(hole[first:last].astype(np.uint8), around) > 0
    touching = touching[rows.start - first : rows.stop - first]
    targets = np.argwhere(touching)
    index = np.full((rows.stop - rows.start, hole.shape[1]), -1, np.int32)
    index[tuple(targets.T)] = np.arange(len(targets))
    return targets + np.array((rows.start, 0)), index


def votes(picture: Floats | Rgb, pixels: Places, match: Match) -> Floats:
    """n×3 float32 0–255 for n pixels (n, 2): the weighted mean of what the patches over each of
    them want; the picture is H×W×3.
    """
    total = np.zeros((len(pixels), 3), np.float32)
    norm = np.full((len(pixels), 1), 1e-12, np.float32)
    rows, cols = match.index.shape
    limit = np.array(match.shape) - 1
    for step in WINDOW:
        row, col = pixels[:, 0] + (step[0] - match.top), pixels[:, 1] + step[1]
        number = match.index[np.clip(row, 0, rows - 1), np.clip(col, 0, cols - 1)]
        valid = (number >= 0) & (row >= 0) & (row < rows) & (col >= 0) & (col < cols)
        weight = np.where(valid, match.weight[number], 0).astype(np.float32)[:, None]
        place = np.clip(match.sources[number] - step, 0, limit)
        total += weight * picture[tuple(place.T)]
        norm += weight
    return total / norm


def stretch(match: Match, hole: Mask, barred: Mask) -> Match:
    """`match` on a larger grid, that of the hole and of what is barred (H×W bool): the same shifts,
    times how much larger it is.
    """
    return stretch_rows(match, hole, allowed_in(barred), slice(0, hole.shape[0]))


def stretch_rows(match: Match, hole: Mask, allowed: Mask, rows: slice) -> Match:
    """Some rows of `stretch`; `allowed` (H×W bool) are the centres that patches may be taken from."""
    targets, index = targets_of(hole, rows)
    scale = np.array(hole.shape) / match.shape
    parents = np.minimum((targets / scale).astype(np.int64), np.array(match.shape) - 1)
    number = match.index[tuple(parents.T)]
    lost = number < 0
    if lost.any():
        number[lost] = match.index[tuple(_nearest(match.index >= 0, parents[lost]).T)]
    shift = match.sources[number] - match.targets[number]
    sources = targets + np.rint(shift * scale).astype(np.int64)
    sources = np.clip(sources, 0, np.array(hole.shape) - 1)
    wrong = ~allowed[tuple(sources.T)]
    if wrong.any():
        sources[wrong] = _nearest(allowed, sources[wrong])
    return Match(
        targets,
        sources,
        match.distance[number],
        match.weight[number],
        index,
        (hole.shape[0], hole.shape[1]),
        rows.start,
    )


def _nearest(mask: Mask, places: Places) -> Places:
    """For each place one where the mask is true: the nearest, on a grid of a million at most."""
    stride = max(1, int(np.ceil(np.sqrt(mask.size / _LOOKED_AT))))
    coarse = np.ascontiguousarray(mask[::stride, ::stride])
    if not coarse.any():
        coarse, stride = mask, 1
    _, labels = cv2.distanceTransformWithLabels(
        (~coarse).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    there = np.zeros((int(labels.max()) + 1, 2), np.int64)
    there[labels[coarse]] = np.argwhere(coarse) * stride
    at = np.minimum(places // stride, np.array(coarse.shape) - 1)
    return np.asarray(there[labels[tuple(at.T)]])
