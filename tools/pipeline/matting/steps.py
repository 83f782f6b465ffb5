"""The matte's steps as the pipeline calls them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tools.pipeline.errors import NoSubjectError
from tools.pipeline.matting import brushing
from tools.pipeline.matting import outline_confidence as outlines
from tools.pipeline.matting import refine as refining
from tools.pipeline.matting import subject as subjects
from tools.pipeline.matting.planes import fit_long_side, to_float32
from tools.pipeline.matting.strokes import Stroke
from tools.pipeline.pixels import Alpha, Rgb, Rgba, drop_alpha

# In fewer pixels nobody can tell a product from what is behind it.
LEAST_SIDE = 8


def subject(photo: Rgb | Rgba, *, strokes: Sequence[Stroke]) -> dict[str, Any]:
    """{"alpha": h×w uint8, "confidence": 0–1, "empty": bool} of a photo (H×W×3 or H×W×4 uint8
    sRGB): see `subject.find_subject`.
    """
    return subjects.find_subject(photo, strokes=strokes)


def refine_matte(
    photo: Rgb | Rgba, found: Mapping[str, Any], *, softness: float, shift: float
) -> Alpha:
    """The matte, H×W uint8, at the photo's own resolution (H×W×3 or H×W×4 uint8 sRGB); all clear
    where nothing was found, or where there is too little to find it in: somebody may paint what it
    is.
    """
    if min(photo.shape[:2]) < LEAST_SIDE:
        return Alpha(np.zeros(photo.shape[:2], np.uint8))
    return refining.refine_alpha(photo, found["alpha"], softness=softness, shift=shift)


def take_second(photo: Rgb | Rgba, found: Mapping[str, Any]) -> dict[str, Any]:
    """What else the product of a photo (H×W×3 or H×W×4 uint8 sRGB) may have been, as `subject` says
    what it is, with the first answer as its "second"; the first itself where there was no other.
    """
    if "second" not in found:
        return dict(found)
    small = Rgb(np.ascontiguousarray(fit_long_side(drop_alpha(photo), subjects.WORKING)))
    alpha = subjects.outline_shape(small, to_float32(found["second"]) / np.float32(255))
    outline = outlines.chosen_by_hand(found["outline"])
    return {**found, "alpha": alpha, "second": found["alpha"], "outline": outline, "empty": False}


def reshape_matte(
    photo: Rgb | Rgba, found: Mapping[str, Any], *, strokes: Sequence[Stroke]
) -> dict[str, Any]:
    """What was found in a photo (H×W×3 or H×W×4 uint8 sRGB), or reshaped before, as strokes say:
    see `matting.brushing.reshape_matte`.
    """
    return brushing.reshape_matte(photo, found, strokes=strokes)


def retouch_matte(
    photo: Rgb | Rgba, alpha: Alpha, brushed: Mapping[str, Any], *, strokes: Sequence[Stroke]
) -> Alpha:
    """The matte (H×W uint8) of a photo (H×W×3 or H×W×4 uint8 sRGB) as it was, but near the strokes.
    Raises NoSubjectError when nothing is left of it.
    """
    if brushed["empty"]:
        raise NoSubjectError
    return refining.retouch_alpha(photo, alpha, brushed, strokes=strokes)


def detail(photo: Rgb | Rgba, alpha: Alpha, *, strokes: Sequence[Stroke]) -> Alpha:  # noqa: ARG001  as others have it
    """The matte (H×W uint8) as it is: without a network there is nobody to look at hair again."""
    return alpha
