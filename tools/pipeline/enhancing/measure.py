"""What a photo suffers from, in numbers."""

from typing import Any

from tools.pipeline.enhancing import blur, colours, jpeg, noise, tone
from tools.pipeline.pixels import Rgb, Rgba


def measure_defects(photo: Rgb | Rgba) -> dict[str, Any]:
    """Measured on tiles of the photo (H×W×3 or H×W×4 uint8 sRGB) at full size, in bounded time.

    `noise_sigma`: per channel, in levels of 255; `noise_colour`: the same of colour alone.
    `blur_radius`: Gaussian sigma of the edges in focus, in pixels; `blur_share`: the same as a
    share of the long side. `blockiness` and `jpeg_quality`: as in `jpeg.Traces`. `exposure` in
    stops (below 0 too dark), `contrast`, `black`, `white` in 0–1, `cast` [red, green, blue] of
    what ought to be grey, as in `tone.Tone`.
    """
    rgb, _ = colours.split_alpha(photo)
    spectrum = noise.spectra(rgb)[0]
    sigma = noise.strength(spectrum)
    radius = blur.radius(rgb, sigma=sigma)
    traces = jpeg.traces(rgb)
    lit = tone.of(rgb)
    return {
        "noise_sigma": round(sigma, 2),
        "noise_colour": round(noise.strength(spectrum[1:]), 2),
        "blur_radius": round(radius, 2),
        "blur_share": radius / max(rgb.shape[:2]),
        "blockiness": round(traces.blockiness, 3),
        "jpeg_quality": traces.quality,
        "exposure": round(lit.exposure, 2),
        "contrast": round(lit.contrast, 3),
        "black": round(lit.black, 3),
        "white": round(lit.white, 3),
        "cast": [round(part, 3) for part in lit.cast],
    }
