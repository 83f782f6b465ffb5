"""Finding the subject of a photograph, with no model at all."""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.matting import choice, fusion, own_alpha, segmentation
from tools.pipeline.matting import strokes as brush
from tools.pipeline.matting.segmentation import Mask
from tools.pipeline.matting.strokes import Stroke
from tools.pipeline.pixels import Alpha, Floats, Rgb, Rgba

# Long sides, in pixels: cues are taken at LOOK, masks solved at SOLVE and sharpened at WORKING.
LOOK = 280
SOLVE = 240
WORKING = 480
# The outline is looked for again within this many pixels of the working picture.
REACH = 5


def find(proxy: Rgb | Rgba, *, strokes: Sequence[Stroke] = ()) -> dict[str, Any]:
    """{"alpha": Alpha at the working size, "confidence": 0..1, "empty": bool}.

    Strokes are hard seeds: the segmentation is solved again around them. A photo that came with
    a meaningful alpha of its own has already been cut out.
    """
    given = own_alpha.of(proxy)
    if given is not None:
        return _answer(_sized(given, WORKING), 1.0)
    rgb = np.ascontiguousarray(proxy[..., :3])
    working = _sized(rgb, WORKING)
    look = _sized(rgb, LOOK)
    scene = fusion.scene(_lab(look))
    measured = fusion.measured(scene)
    subjectness = fusion.subjectness(measured)
    likely = np.asarray(cv2.GaussianBlur(subjectness[scene.patches.labels], (0, 0), 1.5))
    small = _sized(rgb, SOLVE)
    solved = list(
        segmentation.hypotheses(small, _to(likely, small), brush.draw(strokes, *small.shape[:2]))
    )
    if not solved:
        return _answer(np.zeros(working.shape[:2], np.uint8), 0.0)
    masks = [_to(mask.astype(np.float32), look) > 0.5 for mask, _ in solved]
    points = choice.scores(scene, masks, subjectness, measured)
    best = int(points.argmax())
    mask, reading = solved[best]
    alpha = _outlined(working, mask, reading, brush.draw(strokes, *working.shape[:2]))
    return _answer(alpha, float(np.clip(points[best], 0, 1)))


def _outlined(
    picture: Rgb, mask: Mask, reading: segmentation.Reading, painted: NDArray[np.int8]
) -> Alpha:
    larger = _to(mask.astype(np.float32), picture) > 0.5
    seen = segmentation.seen_as(picture, reading)
    sharp = segmentation.sharpen(seen, larger, REACH, painted)
    return np.asarray(segmentation.without_crumbs(sharp, painted) * np.uint8(255))


def _answer(alpha: Alpha, confidence: float) -> dict[str, Any]:
    return {"alpha": alpha, "confidence": confidence, "empty": not bool(alpha.any())}


def _sized(picture: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    height, width = picture.shape[:2]
    scale = side / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, size, interpolation=how), np.uint8)


def _to(plane: Floats, picture: Rgb) -> Floats:
    size = picture.shape[1], picture.shape[0]
    how = cv2.INTER_AREA if picture.shape[0] < plane.shape[0] else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(plane, size, interpolation=how), np.float32)


def _lab(rgb: Rgb) -> Floats:
    return np.asarray(cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)
