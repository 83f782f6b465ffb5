"""The product onto its background: shadow, reflection and edge, and not one pixel of its core."""

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np

from tools.pipeline.compositing import reflection as mirror
from tools.pipeline.compositing import tone as tones
from tools.pipeline.compositing.placement import spotted
from tools.pipeline.compositing.resample import Layer, resized
from tools.pipeline.parallel import run_parts, split_bands
from tools.pipeline.pixels import Alpha, Floats, Mask, Rgb

BAND_PIXELS = 300_000
# A shadow lighter than this moves no level.
LIT = 0.999


def composite_product(
    background: Rgb,
    foreground: Rgb,
    alpha: Alpha,
    placement: Mapping[str, Any],
    shade: Floats | None = None,
    *,
    reflection: float = 0.0,
    wrap: float = 0.3,
    tone: float = 0.0,
) -> Rgb:
    """The picture, H×W×3 uint8 sRGB, as large as `background`.

    `foreground` (H×W×3 uint8 sRGB) and `alpha` (H×W uint8) are the photo's. `shade` (h×w float32
    0–1) is what the product leaves of the light, see `casting.cast_shadow`. Shares are 0–1. At scale 1
    every pixel whose alpha is 255 comes out bit for bit as in `foreground`; pixels of its edge are
    mixed, and with `wrap` take some of the background's light; `tone` moves the background alone.
    """
    height, width = background.shape[:2]
    layer = laid(foreground, alpha, placement, width, height)
    factors = tones.gains(background, layer.colour, layer.alpha, tone)
    out = dimmed(background, shade, factors)
    visible = layer.clipped(width, height)
    if reflection > 0 and "bottom" not in placement["cut"]:
        reflect(out, layer, reflection)
    blend(out, visible, wrap)
    return out


def laid(colour: Rgb, alpha: Alpha, placement: Mapping[str, Any], width: int, height: int) -> Layer:
    """The photo's product (H×W×3 uint8 sRGB and H×W uint8), cropped, scaled and put in its place on
    a canvas of width by height pixels.
    """
    spot = spotted(alpha, placement, width, height)
    part, share = Rgb(colour[spot.part]), Alpha(alpha[spot.part])
    if placement["scale"] != 1 and share.size:
        part, share = resized(part, share, spot.width, spot.height)
    return Layer(part, share, spot.left, spot.top)


def dimmed(background: Rgb, shade: Floats | None, factors: Floats) -> Rgb:
    """The background under its shadow and tone; itself, copied, where neither is asked for."""
    out = Rgb(background.copy())
    flat = bool(np.all(factors == 1))
    if shade is None and flat:
        return out
    height, width = background.shape[:2]
    rows, columns = dark(shade, width, height) if flat else (slice(0, height), slice(0, width))
    wide, high = columns.stop - columns.start, rows.stop - rows.start
    if not wide or not high:
        return out

    def dim(band: slice) -> None:
        part = (slice(rows.start + band.start, rows.start + band.stop), columns)
        factor = np.ones((band.stop - band.start, wide), np.float32)
        if shade is not None:
            factor = stretched(shade, (width, height), *part)
        out[part] = tones.under(Rgb(background[part]), factor, factors)

    run_parts(dim, split_bands(high, wide, BAND_PIXELS))
    return out


def dark(shade: Floats | None, width: int, height: int) -> tuple[slice, slice]:
    """Rows and columns of the canvas in which a shadow makes a difference."""
    if shade is None:
        return slice(0, 0), slice(0, 0)
    seen = np.asarray(shade < LIT)
    return span(np.any(seen, 1), height), span(np.any(seen, 0), width)


def span(seen: Mask, length: int) -> slice:
    """From the first to the last of these cells and one more, on a canvas of that length."""
    found = np.flatnonzero(seen)
    if found.size == 0:
        return slice(0, 0)
    cell = length / seen.size
    return slice(max(int((found[0] - 1) * cell), 0), min(int((found[-1] + 2) * cell) + 1, length))


def stretched(small: Floats, canvas: tuple[int, int], rows: slice, columns: slice) -> Floats:
    """These rows and columns of a small picture enlarged to the canvas, (width, height)."""
    high, wide = small.shape
    width, height = canvas
    x = (np.arange(columns.start, columns.stop, dtype=np.float32) + 0.5) * (wide / width) - 0.5
    y = (np.arange(rows.start, rows.stop, dtype=np.float32) + 0.5) * (high / height) - 0.5
    across, down = np.meshgrid(x.astype(np.float32), y.astype(np.float32))
    return np.asarray(
        cv2.remap(small, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
        np.float32,
    )


def reflect(out: Rgb, layer: Layer, strength: float) -> None:
    found = mirror.reflected(layer)
    if found is None:
        return
    colour, share, top = found
    height, width = out.shape[:2]
    y0, y1 = max(top, 0), min(top + share.shape[0], height)
    x0, x1 = max(layer.left, 0), min(layer.left + share.shape[1], width)
    if y0 >= y1 or x0 >= x1:
        return
    part = (slice(y0 - top, y1 - top), slice(x0 - layer.left, x1 - layer.left))
    amount = (share[part] * np.float32(0.75 * strength))[..., None]
    under = out[y0:y1, x0:x1].astype(np.float32)
    mixed = under + (colour[part] - under) * amount
    out[y0:y1, x0:x1] = np.clip(mixed + 0.5, 0, 255).astype(np.uint8)


def blend(out: Rgb, layer: Layer, wrap: float) -> None:
    """Lays the product over `out` (H×W×3 uint8 sRGB), in place; where its alpha is 255 by copying,
    elsewhere by mixing. `wrap` is 0–1.
    """
    if layer.alpha.size == 0:
        return
    high, wide = layer.alpha.shape
    target = Rgb(out[layer.top : layer.top + high, layer.left : layer.left + wide])
    light = tones.spill(target, max(3, round(0.02 * max(high, wide)))) if wrap > 0 else None
    rows = max(BAND_PIXELS // wide, 1)
    for start in range(0, high, rows):
        band = slice(start, start + rows)
        alpha, under = layer.alpha[band], target[band]
        np.copyto(under, layer.colour[band], where=(alpha == 255)[..., None])
        # The edge alone is mixed: it is a small part of the product.
        edge = (alpha > 0) & (alpha < 255)
        share = alpha[edge][:, None].astype(np.float32) / 255
        colour = layer.colour[band][edge].astype(np.float32)
        if light is not None:
            colour += (light[band][edge] - colour) * (wrap * 0.6 * (1 - share))
        under[edge] = (colour * share + under[edge] * (1 - share) + 0.5).astype(np.uint8)
