"""Fit whom `matting.opinions` believes where the network is in doubt, on a set with true alphas.

    PYTHONPATH=.:site python scripts/matte_network/choice.py SET

Prints the weights for `opinions.WEIGHTS`, and how well they choose where whole objects (all
pictures of one thing) were left out of the fit. Only these few weights are fitted here; the network
is not.
"""

import re
import sys
from dataclasses import astuple, fields
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.engines.own_network import OwnNetwork
from tools.pipeline.matting import network, opinions, refine, subject
from tools.pipeline.resize import shrink_to_pixels
from tools.pipeline.scoring.cutout import score_matte
from tools.pipeline.scoring.opinions import PIXELS

# How strongly the weights, of standardised evidence, are held to nothing.
HELD = 5.0
ROUNDS = 400
# NAME_03, NAME_DSC_0007 and NAME_NP1_123 are pictures of NAME.
PICTURE = re.compile(r"(_[A-Z]+\d*)?_\d+$")

Rows = NDArray[np.float64]


def gather(folder: Path) -> tuple[list[str], Rows, Rows]:
    """Of each picture its object, the evidence, and the IoU by network and by classical search."""
    look, objects, evidence, overlaps = OwnNetwork().belief, [], [], []
    for path in sorted((folder / "images").iterdir()):
        photo = cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)
        truth = cv2.imread(str(folder / "masks" / f"{path.stem}.png"), cv2.IMREAD_GRAYSCALE)
        size = photo.shape[1], photo.shape[0]
        truth = cv2.resize(truth, size, interpolation=cv2.INTER_AREA)
        small = shrink_to_pixels(photo, pixels=PIXELS)
        first = look(small, opinions.SIDE)
        looks = [first, *opinions.more_looks(small, look)]
        belief, other = opinions.together(looks), subject.find_subject(small)
        ours = network.make_coarse_matte(small, first if opinions.clear(first) else belief)
        scores = [score_matte(refined(photo, each), truth).iou for each in (ours, other)]
        objects.append(PICTURE.sub("", path.stem))
        evidence.append(astuple(opinions.weighed(belief, looks, other)))
        overlaps.append(scores)
        told = "clear" if opinions.clear(first) else ""
        print(f"{path.stem:28}", *np.round([*evidence[-1], *scores], 3), told, flush=True)
    return objects, np.array(evidence), np.array(overlaps)


def refined(photo: NDArray[np.uint8], found: dict) -> NDArray[np.uint8]:
    if found["empty"]:
        return np.zeros(photo.shape[:2], np.uint8)
    return refine.refine_alpha(photo, found["alpha"])


def fitted(evidence: Rows, overlaps: Rows) -> tuple[Rows, float]:
    """Weights and bias of the odds that the second is better; a picture counts as they differ."""
    gain = overlaps[:, 1] - overlaps[:, 0]
    better, counts = (gain > 0).astype(float), np.abs(gain) / np.abs(gain).mean()
    middle, spread = evidence.mean(0), evidence.std(0) + 1e-6
    design = np.c_[(evidence - middle) / spread, np.ones(len(evidence))]
    held = np.diag([HELD] * evidence.shape[1] + [0.0])
    weights = np.zeros(design.shape[1])
    for _ in range(ROUNDS):  # Newton's, damped
        chance = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (counts * (better - chance)) - held @ weights
        bend = design.T @ (design * (counts * chance * (1 - chance))[:, None]) + held
        weights += 0.5 * np.linalg.solve(bend + 1e-9 * np.eye(len(bend)), slope)
    own = weights[:-1] / spread
    return own, float(weights[-1] - own @ middle)


def chosen(evidence: Rows, overlaps: Rows, weights: Rows, bias: float) -> Rows:
    return np.where(evidence @ weights + bias > 0, overlaps[:, 1], overlaps[:, 0])


def main() -> None:
    names, evidence, overlaps = gather(Path(sys.argv[1]))
    objects, judged = np.array(names), np.zeros(len(names))
    for left_out in set(names):
        inside = objects != left_out
        fit = fitted(evidence[inside], overlaps[inside])
        judged[~inside] = chosen(evidence[~inside], overlaps[~inside], *fit)
    weights, bias = fitted(evidence, overlaps)
    rows = {
        "network": overlaps[:, 0],
        "classical": overlaps[:, 1],
        "chosen, its object left out": judged,
        "chosen, fitted to all": chosen(evidence, overlaps, weights, bias),
        "the better of the two": overlaps.max(1),
    }
    for name, values in rows.items():
        print(f"{name:30} IoU {values.mean():.4f}, {np.mean(values >= 0.9):.1%} at 0.90")
    said = zip(fields(opinions.Evidence), weights, strict=True)
    print(", ".join(f"{field.name}={value:.2f}" for field, value in said), f"bias={bias:.2f}")
    print(f"{len(names)} pictures of {len(set(names))} objects")


if __name__ == "__main__":
    main()
