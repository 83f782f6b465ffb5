"""Where the subject may be: several rough answers, as different as they can be.

Each is a start for GrabCut. No one is best: of 72 photographs the best answer to each has a mean
IoU of 0.91, and no single one more than 0.85.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from tools.pipeline.matting import borders
from tools.pipeline.matting.cues import Scene
from tools.pipeline.matting.planes import Mask, blurred, resized, to_uint8
from tools.pipeline.pixels import Floats


@dataclass(frozen=True)
class Colours:
    """How colours are seen: lightness and chroma scaled in Lab; RGB when chroma is 0."""

    lightness: float
    chroma: float


# Shadows are the same surface, darker: where lightness counts for less, they stay outside. Where
# subject and background differ in lightness only, RGB sees it.
PLAIN = Colours(0.0, 0.0)
VIVID = Colours(0.6, 1.6)
SHADELESS = Colours(0.35, 2.0)

# The odds of being subject are read generously and strictly.
LEANINGS = (1.5, -1.5)


@dataclass(frozen=True)
class Start:
    mask: Mask  # (H, W), probably subject
    certain: Mask  # (H, W), surely background
    seen: Colours


def of(
    scene: Scene, subjectness: Floats, gradient: Floats, shape: tuple[int, int]
) -> Iterator[Start]:
    """Starts at `shape`, from the probability (N,) 0–1 that each patch is subject; the first two
    are found by other means.

    `gradient` (H×W) as `borders.gradient` gives it, of the scene.
    """
    likely = _spread(scene, subjectness, shape)
    level = _otsu(likely)
    rim = np.ones(shape, np.bool_)
    rim[1:-1, 1:-1] = False
    certain = ((likely < level * 0.25) & rim) | (likely < min(0.02, level * 0.2))
    yield Start(likely > min(0.95, level * 1.2), certain, SHADELESS)
    between = borders.measured(scene.patches, gradient)
    odds = np.log((subjectness + 0.01) / (1.01 - subjectness))
    generous = likely <= 0.02
    for leaning in LEANINGS:
        side = borders.cut(scene, between, odds + np.float32(leaning))
        yield Start(_drawn(scene, side, shape), generous, VIVID)
    yield Start(likely > min(0.95, level), certain, PLAIN)
    around = _spread(scene, borders.enclosed(scene, between), shape)
    yield Start(around > _otsu(around), generous, VIVID)


def _spread(scene: Scene, values: Floats, shape: tuple[int, int]) -> Floats:
    return resized(blurred(values[scene.patches.labels], 1.5), *shape)


def _drawn(scene: Scene, chosen: Mask, shape: tuple[int, int]) -> Mask:
    plane, size = to_uint8(chosen[scene.patches.labels]), (shape[1], shape[0])
    return to_uint8(cv2.resize(plane, size, interpolation=cv2.INTER_NEAREST)) > 0


def _otsu(plane: Floats) -> float:
    level, _ = cv2.threshold(to_uint8(np.round(plane * 255)), 0, 255, cv2.THRESH_OTSU)
    return level / 255
