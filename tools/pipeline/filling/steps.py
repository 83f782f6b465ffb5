"""Erasing and expanding as the pipeline calls them."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from tools.pipeline.filling import erase as erasing
from tools.pipeline.filling import expand as expanding
from tools.pipeline.filling import mask
from tools.pipeline.parallel import Progress
from tools.pipeline.pixels import Alpha, Rgb, Rgba, mask_to_alpha

Strokes = Sequence[Mapping[str, Any]]


def erase(
    photo: Rgb | Rgba,
    *,
    strokes: Strokes,
    quality: Literal["fast", "best"],
    seed: int,
    progress: Progress | None = None,
) -> Rgb | Rgba:
    """The photo (H×W×3 or H×W×4 uint8 sRGB) without what was painted over; itself when nothing was."""
    painted = mask.painted(strokes, (photo.shape[1], photo.shape[0]))
    return erasing.erase_object(photo, painted, quality=quality, seed=seed, progress=progress)


def mask_untouched(photo: Rgb | Rgba, *, strokes: Strokes) -> Alpha:
    """H×W uint8: 255 where erasing must leave the photo's own pixels, all but what was painted,
    grown; else 0.
    """
    painted = mask.painted(strokes, (photo.shape[1], photo.shape[0]))
    return mask_to_alpha(~erasing.grown(painted))


def expand(
    photo: Rgb | Rgba,
    *,
    ratio: float | None,
    sides: Mapping[str, float],
    seed: int,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """{"image", "x", "y"}: the photo (H×W×3 or H×W×4 uint8 sRGB) on a larger canvas, see
    `filling.expand.expand_photo`.
    """
    return expanding.expand_photo(photo, ratio=ratio, seed=seed, progress=progress, **sides)
