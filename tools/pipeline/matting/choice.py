"""Choosing among several masks of one picture, and how far to trust the choice."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from tools.pipeline.matting.cues import Scene
from tools.pipeline.matting.planes import Mask, floats, octets
from tools.pipeline.pixels import Floats

# Ridge regression of the overlap with hand-made masks, on the hypotheses of 72 photographs (not
# in the repository). Leaving whole subjects out, the chosen masks have mean IoU 0.87, where the
# best of each picture's hypotheses have 0.88 and an average one 0.81.
WEIGHTS = {
    "ring_like_subject": -2.29,
    "subject_like_ring": 0.76,
    "parts": -0.19,
    "contrast": -0.32,
    "subjectness": -0.07,
    "sharpness": -0.25,
}
BIAS = 1.64
MOST_PARTS = 5

# Logistic regression of "IoU of at least 0.8" on the masks chosen: area under the ROC curve 0.89,
# and 0.75 leaving whole subjects out. A mask unlike everything else in colour is often only the
# most striking part of the subject.
TRUST = {"agreement": 3.21, "strikingness": -0.07, "ring_like_subject": -11.58}
TRUST_BIAS = 3.17

# Bare grass, walls and cloth stay under these; of the 72 pictures with a subject, none does
# (least: 0.94 and 0.45).
LEAST_LIKELY_PATCH = 0.88
LEAST_SUBJECTNESS = 0.40


@dataclass(frozen=True)
class Choice:
    best: int  # which mask
    confidence: float  # 0..1, about the chance of an overlap of at least 0.8
    evident: bool  # False when the picture seems to have no subject


def promising(subjectness: Floats) -> bool:
    """Whether any patch looks enough like a subject for one to be looked for."""
    return float(subjectness.max()) >= LEAST_LIKELY_PATCH


def choose(
    scene: Scene, masks: Sequence[Mask], subjectness: Floats, measured: dict[str, Floats]
) -> Choice:
    """Choose among at least one mask (H, W), at the scene's size."""
    cover = np.stack([scene.patches.mean(floats(mask)) for mask in masks])
    weight = cover * scene.patches.sizes
    weight /= weight.sum(axis=1, keepdims=True) + 1e-6
    ring = _ring(scene, cover)
    facts = ring | {
        "contrast": floats(weight @ measured["contrast"]),
        "subjectness": floats(weight @ subjectness),
        "sharpness": floats(weight @ measured["sharpness"]),
        "parts": _parts(masks),
    }
    points = sum((WEIGHTS[name] * values for name, values in facts.items()), np.float32(BIAS))
    best = int(np.argmax(points))
    odds = (
        TRUST_BIAS
        + TRUST["agreement"] * _agreement(masks, best)
        + TRUST["strikingness"] * _strikingness(scene, cover[best])
        + TRUST["ring_like_subject"] * float(ring["ring_like_subject"][best])
    )
    evident = float(facts["subjectness"][best]) >= LEAST_SUBJECTNESS
    return Choice(best, 1 / (1 + math.exp(-odds)), evident)


def _parts(masks: Sequence[Mask]) -> Floats:
    counts = [cv2.connectedComponents(octets(mask))[0] - 1 for mask in masks]
    return np.minimum(floats(counts), MOST_PARTS)


def _agreement(masks: Sequence[Mask], best: int) -> float:
    """The least overlap of the chosen mask with another one."""
    chosen = masks[best]
    shared = [int((chosen & mask).sum()) for mask in masks]
    covered = [int((chosen | mask).sum()) for mask in masks]
    return min(one / max(1, other) for one, other in zip(shared, covered, strict=True))


def _strikingness(scene: Scene, cover: Floats) -> float:
    """The distance in Lab of the mean colours inside and outside."""
    inside, outside = cover * scene.patches.sizes, (1 - cover) * scene.patches.sizes
    means = [weight @ scene.colour / (weight.sum() + 1e-6) for weight in (inside, outside)]
    return float(np.linalg.norm(means[0] - means[1]))


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
