"""Choosing among several masks of one picture, and how far to trust the choice."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from tools.pipeline.matting.cues import Scene
from tools.pipeline.matting.planes import Mask, blurred, to_float32
from tools.pipeline.pixels import Floats

# The best expected overlap with true masks, on the hypotheses of 86 pictures (72 photographs that
# are not in the repository, 14 renders), of crops of each and of products on plain cloth. Leaving
# whole subjects out, the photographs' chosen masks have mean IoU 0.87, where the best of each
# picture's hypotheses have 0.91.
WEIGHTS = {
    "detail": 5.34,
    "detail_in_little": -3.55,
    "connectivity": -11.75,
    "ring_like_subject": -31.98,
    "subject_like_ring": -8.50,
    "on_frame": -2.53,
    "odds": 3.30,
    "solid": 8.39,
    "centre": 11.92,
    "border_likelihood": -11.66,
    "compactness": -11.12,
    "sharpness": -15.26,
}
# These are means over what a mask covers.
MEANS = ("connectivity", "centre", "border_likelihood", "compactness", "sharpness")

# The overlap of the chosen mask with the others, each by its probability with points this soft,
# says whether it is good (IoU of at least 0.8): area under the ROC curve 0.75, whole subjects
# left out.
SOFTNESS = 3.0
TRUST, TRUST_BIAS = 10.3, -8.2

# Bare grass, walls and cloth stay under these; of the 72 pictures with a subject, none does.
LEAST_LIKELY_PATCH = 0.88
LEAST_SUBJECTNESS = 0.40


@dataclass(frozen=True)
class Choice:
    best: int  # which mask
    confidence: float  # 0..1, about the chance of an overlap of at least 0.8
    evident: bool  # False when the picture seems to have no subject
    points: tuple[float, ...]  # of each mask: the log-odds by which one is better than another


def promising(subjectness: Floats) -> bool:
    """Whether any patch looks enough like a subject for one to be looked for."""
    return float(subjectness.max()) >= LEAST_LIKELY_PATCH


def choose(
    scene: Scene, masks: Sequence[Mask], subjectness: Floats, measured: dict[str, Floats]
) -> Choice:
    """Choose among at least one mask (H, W), at the scene's size; none of them is empty."""
    cover = np.stack([scene.patches.mean(to_float32(mask)) for mask in masks])
    weight = cover * scene.patches.sizes
    weight /= weight.sum(axis=1, keepdims=True) + 1e-6
    facts = {name: to_float32(weight @ measured[name]) for name in MEANS}
    facts |= {"odds": _odds(scene, cover, subjectness)}
    facts |= _ring(scene, cover) | _shapes(scene, masks)
    points = sum((WEIGHTS[name] * values for name, values in facts.items()), np.float32(0))
    best = int(np.argmax(points))
    trust = TRUST_BIAS + TRUST * _agreement(masks, to_float32(points), best)
    evident = float((weight @ subjectness).max()) >= LEAST_SUBJECTNESS
    return Choice(best, 1 / (1 + math.exp(-trust)), evident, tuple(to_float32(points).tolist()))


def _odds(scene: Scene, cover: Floats, subjectness: Floats) -> Floats:
    """Mean log-odds of the patches to lie on the side where each mask has them."""
    odds = np.log((subjectness + 0.01) / (1.01 - subjectness))
    share = scene.patches.sizes / scene.patches.sizes.sum()
    return to_float32((2 * cover - 1) @ (odds * share))


def _shapes(scene: Scene, masks: Sequence[Mask]) -> dict[str, Floats]:
    light = scene.lab[..., 0]
    fine = np.abs(light - blurred(light, 1.2))
    found = [_shape(mask, fine) for mask in masks]
    return {name: to_float32([each[name] for each in found]) for name in found[0]}


def _shape(mask: Mask, fine: Floats) -> dict[str, float]:
    """What the mask holds of the picture's fine detail, how much of its convex hull it fills, and
    how much of the frame it covers."""
    area = int(np.count_nonzero(mask))
    detail = float(fine[mask].sum()) / max(float(fine.sum()), 1e-6)
    hull = float(cv2.contourArea(cv2.convexHull(np.argwhere(mask).astype(np.int32))))
    frame = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
    return {
        "detail": detail,
        "detail_in_little": detail * math.log(area / mask.size + 1e-3),
        "solid": area / max(hull, 1.0),
        "on_frame": math.sqrt(float(frame.mean())),
    }


def _agreement(masks: Sequence[Mask], points: Floats, best: int) -> float:
    """The expected overlap of the chosen mask with the true one, were the truth among them."""
    chances = np.exp((points - points.max()) / SOFTNESS)
    chosen = masks[best]
    overlaps = [float((chosen & mask).sum() / (chosen | mask).sum()) for mask in masks]
    return float(chances @ to_float32(overlaps) / chances.sum())


def _ring(scene: Scene, cover: Floats) -> dict[str, Floats]:
    """How well the colours inside each mask and just outside it can be told apart."""
    like = np.exp(-(scene.apart**2) / (2 * 7.0**2))
    near = np.exp(-(scene.far**2) / (2 * 0.06**2))
    inside = cover * scene.patches.sizes
    outside = (1 - cover) * np.minimum(cover @ near / 3, 1) * scene.patches.sizes
    subject = inside @ like / (inside.sum(axis=1, keepdims=True) + 1)
    ring = outside @ like / (outside.sum(axis=1, keepdims=True) + 1)
    share = subject / (subject + ring + 1e-9)
    return {
        "ring_like_subject": (outside * share).sum(axis=1) / (outside.sum(axis=1) + 1),
        "subject_like_ring": (inside * (1 - share)).sum(axis=1) / (inside.sum(axis=1) + 1),
    }
