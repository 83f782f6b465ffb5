"""How good a cut-out is, next to the true alpha."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from scipy.ndimage import distance_transform_edt

from tools.pipeline.matting.planes import Mask, to_float32, to_uint8
from tools.pipeline.pixels import Alpha, Floats

# An outline pixel counts as found when the other outline is this near, relative to the diagonal.
# With it a run of csnet_x2_320 on the open set scores 0.717, as in the set's own table (0.718).
TOLERANCE = 0.003
# The band in which mattes differ: this near to the true outline, relative to the long side.
BAND = 0.01
GOOD = 0.90


@dataclass(frozen=True)
class Score:
    """One picture. Higher is better for `iou` and `boundary`, lower for `mae` and `sad`."""

    iou: float  # intersection over union of the two at 0.5; 1 when both are empty
    mae: float  # mean absolute error of alpha, 0..1
    boundary: float  # F of the outlines at 0.5, within the tolerance
    sad: float  # sum of absolute differences in the unknown band, in thousands
    weighted: float  # weighted F; 1 when both are empty


@dataclass(frozen=True)
class Summary:
    """Means over pictures; `good` is the share whose iou is at least GOOD."""

    pictures: int
    iou: float
    good: float
    mae: float
    boundary: float
    sad: float
    weighted: float


def score_matte(found: Alpha, truth: Alpha, *, tolerance: float = TOLERANCE) -> Score:
    """How near one alpha is to another of its size, both H×W uint8: see `Score`."""
    one, other = found > 127, truth > 127
    error = np.abs(to_float32(found) - to_float32(truth)) / np.float32(255)
    return Score(
        iou=overlap_of(found, truth),
        mae=float(error.mean()),
        boundary=_boundary(one, other, tolerance),
        sad=float(error[_unknown(truth)].sum()) / 1000,
        weighted=_weighted(found, other),
    )


def overlap_of(found: Alpha, truth: Alpha) -> float:
    """Intersection over union (0–1) of two alphas (H×W uint8) at 0.5; 1 when both are empty."""
    one, other = found > 127, truth > 127
    both, either = np.count_nonzero(one & other), np.count_nonzero(one | other)
    return both / either if either else 1.0


def summarize_scores(scores: Sequence[Score]) -> Summary:
    """Raises ValueError for no scores."""
    if not scores:
        raise ValueError("nothing was measured")
    table = np.array(
        [(each.iou, each.mae, each.boundary, each.sad, each.weighted) for each in scores]
    )
    iou, mae, boundary, sad, weighted = (float(mean) for mean in table.mean(axis=0))
    good = float((table[:, 0] >= GOOD).mean())
    return Summary(len(scores), iou, good, mae, boundary, sad, weighted)


def _boundary(one: Mask, other: Mask, tolerance: float) -> float:
    near = tolerance * math.hypot(*one.shape)
    first, second = _outline(one), _outline(other)
    if not first.any() or not second.any():
        return float(first.any() == second.any())
    precision = float((_distance(second)[first] <= near).mean())
    recall = float((_distance(first)[second] <= near).mean())
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _weighted(found: Alpha, truth: Mask) -> float:
    """Margolin, Zelnik-Manor and Tal, "How to evaluate foreground maps?" (CVPR 2014), beta 1: an
    error counts less beside a like one, and more the farther it lies from the subject.
    """
    if not truth.any():
        return float(not found.any())
    error = np.abs(found / 255 - truth)
    away, nearest = distance_transform_edt(~truth, return_indices=True)
    spread = np.where(truth, error, error[nearest[0], nearest[1]])
    spread = cv2.GaussianBlur(spread, (7, 7), 5, borderType=cv2.BORDER_CONSTANT)
    least = np.where(truth & (spread < error), spread, error)
    weighed = least * np.where(truth, 1, 2 - np.exp(np.log(0.5) / 5 * away))
    hits = float(truth.sum() - weighed[truth].sum())
    recall = 1 - float(weighed[truth].mean())
    precision = hits / (hits + float(weighed[~truth].sum()) + 1e-12)
    return 2 * recall * precision / (recall + precision + 1e-12)


def _outline(mask: Mask) -> Mask:
    """Pixels of the mask with a neighbour outside it; the frame of the picture is no outline."""
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    plane = to_uint8(mask)
    return np.asarray(plane > to_uint8(cv2.erode(plane, cross, borderValue=1)))


def _distance(outline: Mask) -> Floats:
    return to_float32(cv2.distanceTransform(to_uint8(~outline), cv2.DIST_L2, 5))


def _unknown(truth: Alpha) -> Mask:
    partial = (truth > 0) & (truth < 255)
    outline = _outline(truth > 127)
    if not outline.any():
        return partial
    near: Mask = _distance(outline) <= BAND * max(truth.shape)
    return partial | near
