"""The subject by our own network; where a first look leaves doubts, by more looks and by the
classical search as well, and by whichever of the two is likelier to be right.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from tools.pipeline.matting import network, own_alpha, subject
from tools.pipeline.matting.doubts import Hypothesis
from tools.pipeline.matting.outline_confidence import GIVEN, outline_confidence
from tools.pipeline.matting.planes import resized, to_float32
from tools.pipeline.matting.strokes import Stroke
from tools.pipeline.pixels import (
    Floats,
    Matte,
    Rgb,
    Rgba,
    alpha_to_matte,
    drop_alpha,
    matte_to_alpha,
)

# Sides of the square that the network sees: the one that it was last trained at, and one at which
# it sees finer parts.
SIDE, LARGER = 288, 384
# A first look is enough where the pixels of which it is unsure are fewer than this share of the
# subject, and it is surer of the subject than this.
DOUBTFUL, SURE = 0.25, 0.90
UNSURE = (0.1, 0.9)


class Look(Protocol):
    """What the network believes of each pixel of the photo squeezed into a square, 0..1."""

    def __call__(self, photo: Rgb, side: int, *, mirrored: bool = False) -> Matte: ...


@dataclass(frozen=True)
class Evidence:
    """What the choice between network and classical search is made by, all 0..1."""

    classical: float  # how far the classical search trusts its own choice
    steady: float  # overlap of what the network believed at each look


# The odds that the classical answer is the better one. Fitted to the hypotheses of the 72 open
# photographs, each counting as much as the two differ, and judged by leaving whole objects out: see
# docs/matte-network.md. No weight of the network comes from those photographs.
WEIGHTS = Evidence(classical=2.87, steady=-14.23)
BIAS = 9.89


def find_subject(
    photo: Rgb | Rgba, look: Look, *, strokes: Sequence[Stroke] = ()
) -> dict[str, Any]:
    """As `network.make_coarse_matte`, of H×W×3 or H×W×4 uint8 sRGB, with "looks", how often the
    network looked, and "classical", whether the answer is the classical search's.
    """
    if own_alpha.of(photo) is not None:
        found = network.make_coarse_matte(
            photo, Matte(np.zeros((1, 1), np.float32)), strokes=strokes
        )
        return found | {"looks": 0, "classical": False, "outline": GIVEN.as_json()}
    rgb = Rgb(np.ascontiguousarray(drop_alpha(photo)))
    first = look(rgb, SIDE)
    if clear(first):
        found = network.make_coarse_matte(rgb, first, strokes=strokes)
        # Turned round it sees the same, or there was something to doubt after all.
        looks = [first, look(rgb, SIDE, mirrored=True)]
        return judge(rgb, found, looks) | {"looks": 1, "classical": False}
    looks = [first, *more_looks(rgb, look)]
    belief = together(looks)
    other = subject.find_subject(rgb)
    odds = -math.inf if other["empty"] else preference(weighed(belief, looks, other))
    rival = None if other["empty"] else Hypothesis(alpha_to_matte(other["alpha"]), odds)
    if odds <= 0:
        found = network.make_coarse_matte(rgb, belief, strokes=strokes)
        return judge(rgb, found, looks, rival) | {"looks": len(looks), "classical": False}
    matte = alpha_to_matte(other["alpha"])
    found = network.make_coarse_matte(rgb, matte, strokes=strokes, drawn=True)
    told = {"confidence": other["confidence"], "looks": len(looks), "classical": True}
    return judge(rgb, found, looks, rival) | told


def judge(
    photo: Rgb, found: dict[str, Any], looks: Sequence[Matte], rival: Hypothesis | None = None
) -> dict[str, Any]:
    """The answer for a photo (H×W×3 uint8 sRGB) with how far its outline is to be trusted, by the
    looks (h×w float32 0–1 each) and the classical search's answer; see `subject.find_subject`.
    """
    if found["empty"]:
        return found
    belief = together(looks)
    shapes = [belief, *looks]
    answers = [Hypothesis(each, -float(n > 0)) for n, each in enumerate(shapes)]
    answers += [rival] if rival else []
    judged = outline_confidence(photo, found["alpha"], answers, belief, way="network")
    told = found | judged.as_facts()
    if judged.second is not None:
        height, width = found["alpha"].shape
        shape = resized(answers[judged.second].shape, height, width)
        told["second"] = matte_to_alpha(Matte(shape))
    return told


def more_looks(photo: Rgb, look: Look) -> list[Matte]:
    """What the network believes, h×w float32 0–1 each, of the photo (H×W×3 uint8 sRGB) mirrored and
    seen larger.
    """
    return [look(photo, SIDE, mirrored=True), look(photo, LARGER)]


def together(looks: Sequence[Matte]) -> Matte:
    """The mean of looks of any size (h×w float32 0–1), LARGER×LARGER float32 0–1."""
    return Matte(to_float32(np.mean([resized(each, LARGER, LARGER) for each in looks], axis=0)))


def clear(belief: Matte) -> bool:
    """Whether the network has a subject and next to no doubts about it, by its belief (h×w float32
    0–1).
    """
    inside = int(np.count_nonzero(belief > 0.5))
    doubted = int(np.count_nonzero((belief > UNSURE[0]) & (belief < UNSURE[1])))
    return inside > 0 and doubted <= DOUBTFUL * inside and network.confidence(belief) >= SURE


def weighed(belief: Matte, looks: Sequence[Matte], other: dict[str, Any]) -> Evidence:
    """What speaks for either answer: the looks (h×w float32 0–1 each), their mean `belief`, and the
    classical search's.
    """
    return Evidence(
        classical=other["confidence"],
        steady=min(overlap(belief, resized(each, *belief.shape)) for each in looks),
    )


def preference(evidence: Evidence) -> float:
    """The log-odds that the classical answer is the better one."""
    values = vars(evidence)
    return BIAS + math.fsum(weight * values[name] for name, weight in vars(WEIGHTS).items())


def overlap(one: Floats, other: Floats) -> float:
    return float(np.minimum(one, other).sum() / max(1e-6, np.maximum(one, other).sum()))
