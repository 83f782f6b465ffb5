"""All that makes a photo cleaner, in one go over its tiles."""

from collections.abc import Mapping
from typing import Any

from tools.pipeline.enhancing import colours, jpeg, measure, settings, tiles
from tools.pipeline.enhancing.deblock import Deblocker
from tools.pipeline.enhancing.deconvolve import Deconvolver
from tools.pipeline.enhancing.denoise import MARGIN, Denoiser
from tools.pipeline.enhancing.light import Relighter
from tools.pipeline.parallel import Progress
from tools.pipeline.pixels import Floats, Rgb, Rgba


def clean_photo(
    photo: Rgb | Rgba,
    *,
    denoise: float | None = None,
    deblock: float | None = None,
    sharpen: float | None = None,
    light: float | None = None,
    white_balance: float | None = None,
    local_contrast: float | None = None,
    measured: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """{"image": the photo cleaned, "measured": …, "strengths": …, "facts": …}.

    The photo is H×W×3 or H×W×4 uint8 sRGB, and so is the image; alpha is carried through. Strengths
    0–1; None is what `settings.choose_strengths` picks. `measured` saves measuring again. The steps go on from
    each other without rounding in between, so that dark gradients do not band.
    """
    rgb, alpha = colours.split_alpha(photo)
    found = dict(measured) if measured is not None else measure.measure_defects(rgb)
    picked = settings.choose_strengths(found)
    asked = {
        "denoise": denoise,
        "deblock": deblock,
        "sharpen": sharpen,
        "light": light,
        "white_balance": white_balance,
        "local_contrast": local_contrast,
    }
    strengths = {
        name: picked[name] if strength is None else strength for name, strength in asked.items()
    }
    out = rgb
    if any(strengths.values()):
        out = tiles.run_tiles(rgb, _chain(rgb, found, strengths), margin=MARGIN, progress=progress)
    facts = [fact for fact in picked["facts"] if strengths[fact["step"]] > 0]
    return {
        "image": colours.merge_alpha(out, alpha),
        "measured": found,
        "strengths": strengths,
        "facts": facts,
    }


def _chain(rgb: Rgb, found: Mapping[str, Any], strengths: Mapping[str, float]) -> tiles.Work:
    deblock = Deblocker(jpeg.traces(rgb), strengths["deblock"])
    denoise = Denoiser.of(rgb, strength=strengths["denoise"])
    radius = found["blur_share"] * max(rgb.shape[:2])
    deconvolve = Deconvolver(radius, found["noise_sigma"], strengths["sharpen"])
    relight = Relighter.of(
        rgb, strengths["light"], strengths["white_balance"], strengths["local_contrast"]
    )

    def work(tile: Floats, window: tiles.Window) -> Floats:
        for step in (deblock, denoise, deconvolve, relight):
            tile = step(tile, window)
        return tile

    return work
