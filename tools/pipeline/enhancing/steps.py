"""Enhancing as the pipeline calls it: measured once on the whole photo, done at any size."""

from collections.abc import Mapping
from typing import Any, Literal

from tools.pipeline.enhancing import clean as cleaning
from tools.pipeline.enhancing import measure as measuring
from tools.pipeline.enhancing import settings
from tools.pipeline.enhancing import upscale as upscaling
from tools.pipeline.parallel import Progress
from tools.pipeline.pixels import Rgb, Rgba


def measure_photo(photo: Rgb | Rgba) -> dict[str, Any]:
    """What is wrong with the photo (H×W×3 or H×W×4 uint8 sRGB), and what "auto" would do: see
    `settings.choose_strengths`.
    """
    found = measuring.measure_defects(photo)
    return {"measured": found, **settings.choose_strengths(found)}


def clean(
    photo: Rgb | Rgba,
    found: Mapping[str, Any],
    *,
    strengths: Mapping[str, float] | None,
    progress: Progress | None = None,
) -> Rgb | Rgba:
    """The photo (H×W×3 or H×W×4 uint8 sRGB) cleaned by these strengths (0–1), or by those that
    `found` picked when they are None.

    Noise and blur are measured again on `photo`, which may be smaller than what was measured.
    """
    wanted: dict[str, Any] = dict(strengths or {name: found[name] for name in settings.STEPS})
    image: Rgb | Rgba = cleaning.clean_photo(photo, progress=progress, **wanted)["image"]
    return image


def upscale(
    photo: Rgb | Rgba, *, factor: Literal[2, 4], progress: Progress | None = None
) -> Rgb | Rgba:
    """The photo (H×W×3 or H×W×4 uint8 sRGB) at `factor` times its sides."""
    return upscaling.upscale_photo(photo, factor=factor, progress=progress)
