"""Fitting how sure an outline is said to be, and judging what was said against the truth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from tools.pipeline.scoring.cutout import GOOD

Numbers = NDArray[np.float64]

# What a claim is worth: overlaps that no sure outline may have, and from which one should be sure.
POOR, FINE = 0.70, 0.95
# At most this share of the sure may be no good, and of those that are no good be sure.
WRONG = 0.05
# Which doubts the model looks at, and which way each may speak: 1 for the outline, -1 against. Few,
# for there are few things; what has no say in a fit has weight 0.
SIGNS: Mapping[str, int] = MappingProxyType(
    {
        "agreement": 1,
        "least_alike": 1,
        "rival": -1,
        "believed": 1,
        "left_out": -1,
        "faint": 1,
        "shared": -1,
        "on_frame": -1,
        "parts": -1,
    }
)
# How strongly weights are held back; of the values' own spread.
RIDGE = 2.0
# What hardly ever differs, as most products keep off the frame, is not to speak the louder for it.
LEAST_SPREAD = 0.02
# An overlap this far from what is good counts all for one side, and nearer ones in part: the truth
# of a photograph is cut by hand, and a hundredth of it is a matter of taste.
TASTE = 0.015


@dataclass(frozen=True)
class Case:
    """One picture: which thing it shows, how good its matte is, and the doubts about it."""

    thing: str
    iou: float
    doubts: Mapping[str, float]


@dataclass(frozen=True)
class Fit:
    """A logistic model: weights of the doubts as they are, and where sure begins."""

    weights: dict[str, float]
    bias: float
    threshold: float = 0.5

    def confidences(self, cases: Sequence[Case]) -> Numbers:
        odds = np.full(len(cases), self.bias)
        for name, weight in self.weights.items():
            odds += weight * np.array([case.doubts[name] for case in cases])
        return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


@dataclass(frozen=True)
class Report:
    """What claims were worth. Shares are of the pictures that `of` them names; NaN of none."""

    pictures: int
    bad: int  # below GOOD
    bad_unsure: float
    poor_sure: int  # below POOR, and called sure
    fine: int  # at FINE and above
    fine_unsure: float
    sure: int
    sure_good: float

    @property
    def reached(self) -> bool:
        return (
            not self.bad_unsure < 1 - WRONG
            and self.poor_sure == 0
            and not self.fine_unsure > 0.2
            and not self.sure_good < 1 - WRONG
        )


def thing_of(name: str) -> str:
    """What a picture of the open set shows: all of one thing begin with the same two words."""
    return "_".join(name.split("_")[:2])


def fit_model(cases: Sequence[Case], signs: Mapping[str, int]) -> Fit:
    """`signs` says of each doubt which way it may speak: 1 for, -1 against the outline.

    Every thing has an equal say, however many pictures there are of it, up to its root.
    """
    names = list(signs)
    values = np.array([[case.doubts[name] for name in names] for case in cases])
    middle, spread = values.mean(axis=0), np.maximum(values.std(axis=0), LEAST_SPREAD)
    scaled = (values - middle) / spread
    good = np.clip((np.array([case.iou for case in cases]) - GOOD) / (2 * TASTE) + 0.5, 0, 1)
    says = says_of(cases)

    def loss(at: Numbers) -> tuple[float, Numbers]:
        odds = scaled @ at[1:] + at[0]
        chance = 1 / (1 + np.exp(-odds))
        each = np.logaddexp(0, odds) - good * odds
        back = says * (chance - good)
        ridge = RIDGE * at[1:]
        value = float((says * each).sum() + RIDGE * (at[1:] ** 2).sum() / 2)
        return value, np.concatenate([[back.sum()], back @ scaled + ridge])

    bounds = [(None, None), *((0, None) if signs[name] > 0 else (None, 0) for name in names)]
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = found[1:] / spread
    bias = float(found[0] - weights @ middle)
    return Fit({name: float(each) for name, each in zip(names, weights, strict=True)}, bias)


def says_of(cases: Sequence[Case]) -> Numbers:
    things = [case.thing for case in cases]
    says = np.array([things.count(thing) ** -0.5 for thing in things])
    return np.asarray(says * len(cases) / says.sum())


def choose_threshold(confidences: Numbers, cases: Sequence[Case]) -> float:
    """The lowest with which the claims hold on these cases; above all of them if none does."""
    overlaps = np.array([case.iou for case in cases])
    for level in np.unique(confidences):
        report = judge_claims(confidences >= level, overlaps)
        if (
            not report.bad_unsure < 1 - WRONG
            and not report.poor_sure
            and report.sure_good >= 1 - WRONG
        ):
            below = confidences[confidences < level]
            return float((level + below.max()) / 2) if len(below) else float(level)
    return 1.0


def leave_out(cases: Sequence[Case], signs: Mapping[str, int]) -> tuple[Numbers, NDArray[np.bool_]]:
    """Of each of N cases the confidence, (N,) float64 0–1, and whether it is sure, (N,) bool, by a
    model and a threshold that know nothing of the thing it shows.
    """
    confidences, sure = np.zeros(len(cases)), np.zeros(len(cases), np.bool_)
    for thing in sorted({case.thing for case in cases}):
        out = np.array([case.thing == thing for case in cases])
        known = [case for case in cases if case.thing != thing]
        model = fit_with_threshold(known, signs)
        confidences[out] = model.confidences([case for case in cases if case.thing == thing])
        sure[out] = confidences[out] >= model.threshold
    return confidences, sure


def fit_with_threshold(cases: Sequence[Case], signs: Mapping[str, int]) -> Fit:
    """The threshold is chosen on confidences that were themselves left out, thing by thing."""
    held = np.zeros(len(cases))
    for thing in {case.thing for case in cases}:
        out = np.array([case.thing == thing for case in cases])
        model = fit_model([case for case in cases if case.thing != thing], signs)
        held[out] = model.confidences([case for case in cases if case.thing == thing])
    whole = fit_model(cases, signs)
    return Fit(whole.weights, whole.bias, choose_threshold(held, cases))


def judge_claims(sure: NDArray[np.bool_], overlaps: Numbers) -> Report:
    """What claims were worth: `sure` (N,) bool of results of `overlaps` (N,) float64 0–1."""
    bad, fine = overlaps < GOOD, overlaps >= FINE
    return Report(
        pictures=len(overlaps),
        bad=int(bad.sum()),
        bad_unsure=share(~sure, bad),
        poor_sure=int((sure & (overlaps < POOR)).sum()),
        fine=int(fine.sum()),
        fine_unsure=share(~sure, fine),
        sure=int(sure.sum()),
        sure_good=share(~bad, sure),
    )


def share(these: NDArray[np.bool_], of: NDArray[np.bool_]) -> float:
    return float(these[of].mean()) if of.any() else float("nan")


def calibration(
    confidences: Numbers, overlaps: Numbers, bins: int = 8
) -> list[tuple[float, float, int]]:
    """(mean confidence, share that is good, how many) of even slices, from the least confident, of
    (N,) float64 0–1 each.
    """
    slices = np.array_split(np.argsort(confidences), min(bins, len(confidences)))
    return [
        (float(confidences[each].mean()), float((overlaps[each] >= GOOD).mean()), len(each))
        for each in slices
        if len(each)
    ]
