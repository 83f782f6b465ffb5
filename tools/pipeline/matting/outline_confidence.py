"""How far a matte's outline is to be trusted, where it is not, and what else it may have been."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from tools.pipeline.matting.doubtful_places import Place, find_doubtful_places
from tools.pipeline.matting.doubts import (
    ALIKE,
    Doubts,
    Hypothesis,
    View,
    look_at,
    measure_doubts,
    overlap,
)
from tools.pipeline.pixels import Alpha, Floats, Rgb

# Written by `scripts/fit_outline.py`, a model for each way of looking for a subject.
MODELS = Path(__file__).with_name("outline_models.json")

# A place of which a visitor has brushed more than this has been seen to.
ENOUGH = 0.25


@dataclass(frozen=True)
class Outline:
    """What may be said of an outline.

    `confidence` is about the chance, 0..1, that the matte overlaps the true one by 0.9 or more;
    `sure`, that it is high enough to say so. `places`, the worst first, are where to look when not:
    none when sure, else at least one.
    """

    sure: bool
    confidence: float
    places: tuple[Place, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "sure": self.sure,
            "confidence": round(self.confidence, 3),
            "places": [place.as_json() for place in self.places],
        }


def chosen_by_hand(outline: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of an outline of which a visitor has decided something: that is not ours to vouch
    for.
    """
    return {**outline, "sure": False, "by_hand": True}


def brushed_by_hand(outline: Mapping[str, Any], near: Alpha) -> dict[str, Any]:
    """The same, without the places that were brushed; `near` (h×w uint8) is above 0 there."""
    left = [place for place in outline["places"] if not _is_brushed(place["box"], near)]
    return {**chosen_by_hand(outline), "places": left}


def _is_brushed(box: Sequence[float], near: Alpha) -> bool:
    height, width = near.shape
    left, top, right, bottom = (
        round(share * length) for share, length in zip(box, (width, height) * 2, strict=True)
    )
    part = near[top : max(bottom, top + 1), left : max(right, left + 1)]
    return bool(part.size) and float((part > 0).mean()) > ENOUGH


# Of a photo that came cut out: whoever did it has decided.
GIVEN = Outline(sure=True, confidence=1.0)


@dataclass(frozen=True)
class Model:
    """A logistic model of `Doubts`; "weights" names those that it looks at."""

    weights: Mapping[str, float]
    bias: float
    threshold: float  # of confidence, from which an outline is sure

    def confidence(self, doubts: Doubts) -> float:
        values = asdict(doubts)
        odds = self.bias + math.fsum(self.weights[name] * values[name] for name in self.weights)
        return 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))


@dataclass(frozen=True)
class Judged:
    """An outline, with the numbers behind it and the answer to offer beside it, if any."""

    outline: Outline
    doubts: Doubts
    second: int | None  # which hypothesis

    def as_facts(self) -> dict[str, Any]:
        """What a step says of itself, as JSON values."""
        numbers = {name: round(value, 4) for name, value in asdict(self.doubts).items()}
        return {"outline": self.outline.as_json(), "doubts": numbers}


@cache
def models() -> dict[str, Model]:
    """By the way that they were fitted to."""
    rows = json.loads(MODELS.read_text(encoding="utf-8"))
    return {
        name: Model(row["weights"], row["bias"], row["threshold"]) for name, row in rows.items()
    }


def outline_confidence(
    photo: Rgb, alpha: Alpha, hypotheses: Sequence[Hypothesis], belief: Floats, *, way: str
) -> Judged:
    """Judge the matte `alpha` (h×w uint8, the photo's aspect) of a photo (H×W×3 uint8 sRGB).

    `hypotheses` are all the answers that there were to where the product is, the chosen one among
    them; at least one. `belief` (h, w) is how likely each pixel is to be product, 0..1. `way` names
    the model: "classical", or a network's. It takes some hundredths of a second at any size.
    """
    view = look_at(photo, alpha, hypotheses, belief)
    points = [each.points for each in hypotheses]
    doubts = measure_doubts(view, points)
    model = models()[way]
    confidence = model.confidence(doubts)
    sure = confidence >= model.threshold
    places = () if sure else find_doubtful_places(view)
    return Judged(Outline(sure, confidence, places), doubts, second_best(view))


def second_best(view: View) -> int | None:
    """The likeliest hypothesis that a visitor would call another product than the matte's."""
    likely = np.argsort(-view.chances)
    other = (int(n) for n in likely if overlap(view.shapes[n], view.alpha) < ALIKE)
    return next(other, None)
