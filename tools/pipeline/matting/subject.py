"""Finding the subject of a photograph, with no model at all."""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np

from tools.pipeline.matting import fusion, own_alpha, segmentation
from tools.pipeline.matting import strokes as brush
from tools.pipeline.matting.strokes import Stroke
from tools.pipeline.pixels import Alpha, Floats, Rgb, Rgba

# Where the subject is, is decided on a picture this small; its outline at WORKING_SIDE.
LOOK_SIDE = 280
WORKING_SIDE = 480


def find(proxy: Rgb | Rgba, *, strokes: Sequence[Stroke] = ()) -> dict[str, Any]:
    """{"alpha": Alpha at the working size, "confidence": 0..1, "empty": bool}.

    Strokes are hard seeds: the segmentation is solved again around them. A photo that came with
    a meaningful alpha of its own has already been cut out.
    """
    given = own_alpha.of(proxy)
    if given is not None:
        return _answer(_sized(given, WORKING_SIDE), 1.0)
    rgb = np.ascontiguousarray(proxy[..., :3])
    working = _sized(rgb, WORKING_SIDE)
    small = _sized(rgb, LOOK_SIDE)
    lab = _lab(small)
    scene = fusion.scene(lab)
    likely = fusion.subjectness(scene)[scene.patches.labels]
    painted = brush.draw(strokes, *working.shape[:2])
    mask = segmentation.solve(working, _to(likely, working), painted)
    return _answer(mask, float(np.clip(likely.max(), 0, 1)))


def _answer(alpha: Alpha, confidence: float) -> dict[str, Any]:
    return {"alpha": alpha, "confidence": confidence, "empty": not bool(alpha.any())}


def _sized(picture: np.ndarray, side: int) -> np.ndarray:
    height, width = picture.shape[:2]
    scale = side / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, size, interpolation=how))


def _to(plane: Floats, picture: np.ndarray) -> Floats:
    size = picture.shape[1], picture.shape[0]
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR))


def _lab(rgb: Rgb) -> Floats:
    return np.asarray(cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2LAB))
