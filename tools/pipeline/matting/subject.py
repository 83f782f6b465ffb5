"""Finding the subject of a photograph, with no model at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.matting import borders, fusion, holes, own_alpha, segmentation, starts
from tools.pipeline.matting import strokes as brush
from tools.pipeline.matting.choice import choose, promising
from tools.pipeline.matting.doubts import Hypothesis
from tools.pipeline.matting.outline_confidence import GIVEN, Judged, outline_confidence
from tools.pipeline.matting.planes import (
    Mask,
    blurred,
    fit_long_side,
    mask,
    resized,
    to_float32,
    to_uint8,
)
from tools.pipeline.matting.strokes import Stroke
from tools.pipeline.pixels import Alpha, Floats, Rgb, Rgba, drop_alpha

# Long sides, in pixels: cues are taken at LOOK, masks solved at SOLVE and sharpened at WORKING.
LOOK = 280
SOLVE = 240
WORKING = 480
# The outline is looked for again within this many pixels of the working picture.
REACH = 6
# A little blur rounds the stairs that a hard mask leaves; a part two pixels wide survives it.
ROUNDING = 1.4
# A picture whose darkest and brightest levels are nearer than this shows nothing.
FLAT = 8


def find_subject(proxy: Rgb | Rgba, *, strokes: Sequence[Stroke] = ()) -> dict[str, Any]:
    """{"alpha": h×w uint8 at the working size, "confidence": 0–1, "empty": bool} of a photo (H×W×3
    or H×W×4 uint8 sRGB); and of what is not empty "outline" and "doubts", see
    `outline_confidence.Judged`, and "second", another answer as an alpha of its own size (h×w
    uint8), where there was one that differs.

    Strokes are hard seeds: the segmentation is solved again around them. A photo that came with
    a meaningful alpha of its own has already been cut out.
    """
    given = own_alpha.of(proxy)
    if given is not None:
        return _answer(fit_long_side(given, WORKING), 1.0) | {"outline": GIVEN.as_json()}
    rgb = Rgb(np.ascontiguousarray(drop_alpha(proxy)))
    working = fit_long_side(rgb, WORKING)
    painted = brush.draw(strokes, *working.shape[:2])
    chosen = _chosen(rgb, strokes)
    if chosen is None:
        return _answer(mask(painted == brush.KEEP), 0.0)
    alpha = _outlined(working, to_float32(chosen.mask), painted)
    judged = outline_confidence(working, alpha, chosen.hypotheses, chosen.belief, way="classical")
    return _answer(alpha, chosen.confidence) | judged.as_facts() | chosen.second(judged)


@dataclass(frozen=True)
class _Chosen:
    mask: Mask
    confidence: float
    hypotheses: tuple[Hypothesis, ...]
    belief: Floats

    def second(self, judged: Judged) -> dict[str, Alpha]:
        if judged.second is None:
            return {}
        return {"second": Alpha(to_uint8(self.hypotheses[judged.second].shape * 255))}


def _chosen(rgb: Rgb, strokes: Sequence[Stroke]) -> _Chosen | None:
    look, small = fit_long_side(rgb, LOOK), fit_long_side(rgb, SOLVE)
    scene = fusion.scene(_lab(look))
    measured = fusion.measured(scene)
    subjectness = fusion.subjectness(measured)
    painted = brush.draw(strokes, *small.shape[:2])
    asked = bool((painted == brush.KEEP).any())
    # Nothing to go by; GrabCut would take half a minute over it.
    flat = int(np.ptp(small)) < FLAT
    if flat or not (asked or promising(subjectness)):
        return None
    gradient, shape = borders.gradient(scene.lab), (small.shape[0], small.shape[1])
    likely = resized(blurred(subjectness[scene.patches.labels], 1.5), *shape)
    begun = starts.of(scene, subjectness, gradient, shape)
    solved = segmentation.hypotheses(small, begun, likely, painted)
    if not solved:
        return None
    masks = [resized(to_float32(mask), *look.shape[:2]) > 0.5 for mask in solved]
    choice = choose(scene, masks, subjectness, measured)
    if not (choice.evident or asked):
        return None
    hypotheses = tuple(
        Hypothesis(to_float32(mask), points)
        for mask, points in zip(solved, choice.points, strict=True)
    )
    belief = subjectness[scene.patches.labels]
    return _Chosen(solved[choice.best], choice.confidence, hypotheses, belief)


def outline_shape(picture: Rgb, shape: Floats) -> Alpha:
    """The alpha (H×W uint8) of a rough shape (h×w float32 0–1, the picture's aspect), its outline
    found in the picture (H×W×3 uint8 sRGB).
    """
    return _outlined(picture, shape, np.zeros(picture.shape[:2], np.int8))


def _outlined(picture: Rgb, found: Floats, painted: NDArray[np.int8]) -> Alpha:
    lab = _lab(picture)
    larger = resized(found, *picture.shape[:2]) > 0.5
    # In RGB: what tells a subject from its shadow has been decided, the edge is in lightness too.
    sharp = segmentation.sharpen(picture, larger, REACH, painted)
    whole = holes.filled(segmentation.without_crumbs(sharp, painted), lab, painted)
    # Last, for a cut by colours would close again what it had learned to call the subject.
    hard = mask(holes.opened(whole, lab, painted))
    return Alpha(to_uint8(np.round(blurred(to_float32(hard), ROUNDING))))


def _answer(alpha: Alpha, confidence: float) -> dict[str, Any]:
    return {"alpha": alpha, "confidence": confidence, "empty": not bool(alpha.any())}


def _lab(rgb: Rgb) -> Floats:
    return to_float32(cv2.cvtColor(to_float32(rgb) / np.float32(255), cv2.COLOR_RGB2LAB))
