"""The matte's steps as the pipeline calls them."""

from collections.abc import Mapping, Sequence
from typing import Any

from tools.pipeline.errors import NoSubjectError
from tools.pipeline.matting import refine as refining
from tools.pipeline.matting import subject as subjects
from tools.pipeline.matting.strokes import Stroke
from tools.pipeline.pixels import Alpha, Rgb, Rgba


def subject(photo: Rgb | Rgba, *, strokes: Sequence[Stroke]) -> dict[str, Any]:
    """Where the product is: {"alpha", "confidence", "empty"}, see `matting.subject.find_subject`."""
    return subjects.find_subject(photo, strokes=strokes)


def refine_matte(
    photo: Rgb | Rgba,
    found: Mapping[str, Any],
    *,
    strokes: Sequence[Stroke],
    softness: float,
    shift: float,
) -> Alpha:
    """The matte at the photo's own resolution. Raises NoSubjectError when nothing was found."""
    if found["empty"]:
        raise NoSubjectError
    return refining.refine_alpha(
        photo, found["alpha"], strokes=strokes, softness=softness, shift=shift
    )


def detail(photo: Rgb | Rgba, alpha: Alpha, *, strokes: Sequence[Stroke]) -> Alpha:  # noqa: ARG001  as others have it
    """The matte as it is: without a network there is nobody to look at hair again."""
    return alpha
