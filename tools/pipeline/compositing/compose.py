"""The product onto its background: shadow, reflection and edge, and not one pixel of its core."""

from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.compositing import ground, shadows
from tools.pipeline.compositing import reflection as mirror
from tools.pipeline.compositing import tone as tones
from tools.pipeline.compositing.resample import Layer, resized
from tools.pipeline.parallel import bands, over
from tools.pipeline.pixels import Alpha, Floats, Rgb
from tools.pipeline.scenes.facts import Light

Shadow = Literal["soft", "hard", "floating", "none"]

SMALL = 560
BAND_PIXELS = 300_000
# A shadow lighter than this moves no level.
LIT = 0.999
HOVER = 0.09


def onto(
    background: Rgb,
    foreground: Rgb,
    alpha: Alpha,
    placement: dict[str, Any],
    *,
    shadow: Shadow = "soft",
    direction: float | None = None,
    strength: float = 0.7,
    reflection: float = 0.0,
    wrap: float = 0.3,
    tone: float = 0.0,
) -> Rgb:
    """The picture, as large as `background`.

    `direction` turns the light (degrees on a compass seen from above, 0 behind the product, 90
    the right); without it the scene's own. Shares are 0..1. At scale 1 every pixel whose alpha is
    255 comes out bit for bit as in `foreground`; pixels of its edge are mixed, and with `wrap`
    take some of the background's light; `tone` moves the background alone.
    """
    height, width = background.shape[:2]
    layer = laid(foreground, alpha, placement, width, height)
    shade = None
    if shadow != "none" and strength > 0:
        shade = shaded(layer, placement, width, height, shadow, direction, strength)
    factors = tones.gains(background, layer.colour, layer.alpha, tone)
    out = dimmed(background, shade, factors)
    visible = layer.clipped(width, height)
    if reflection > 0 and "bottom" not in placement["cut"]:
        reflect(out, layer, reflection)
    blend(out, visible, wrap)
    return out


def laid(colour: Rgb, alpha: Alpha, placement: dict[str, Any], width: int, height: int) -> Layer:
    """The photo's product, cropped, scaled and put in its place on the canvas."""
    photo_high, photo_wide = alpha.shape
    left, _, right, bottom = placement["box"]
    scale = placement["scale"]
    rows, columns = np.flatnonzero(alpha.any(1)), np.flatnonzero(alpha.any(0))
    if rows.size == 0:
        return Layer(colour[:0, :0], alpha[:0, :0], 0, 0)
    y0, y1, x0, x1 = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    part, share = colour[y0:y1, x0:x1], alpha[y0:y1, x0:x1]
    size = (max(round((x1 - x0) * scale), 1), max(round((y1 - y0) * scale), 1))
    part, share = resized(part, share, *size) if scale != 1 else (part, share)
    middle = (left + right) / 2 * photo_wide
    at_x = placement["x"] * width - (middle - x0) * scale
    at_y = placement["y"] * height - (bottom * photo_high - y0) * scale
    return Layer(part, share, round(at_x), round(at_y))


def shaded(
    layer: Layer,
    placement: dict[str, Any],
    width: int,
    height: int,
    shadow: Shadow,
    direction: float | None,
    strength: float,
) -> Floats | None:
    """(h, w) small: the factor on the background's light, or None where no floor is in view."""
    if "bottom" in placement["cut"] or layer.alpha.size == 0:
        return None
    # Shadows are soft: half the picture's pixels, and never more than they need.
    scale = min(0.5, SMALL / max(width, height))
    size = (max(round(width * scale), 8), max(round(height * scale), 8))
    small = shrunk(layer, scale, size)
    place = dict(placement)
    if shadow == "floating":
        lift = HOVER * layer.alpha.shape[0] / height
        place["ground"] = min(place["ground"] + lift, 0.99)
    light = Light(
        direction=placement["direction"] if direction is None else direction,
        elevation=placement["elevation"],
        softness={"hard": 0.04, "soft": max(placement["softness"], 0.3)}.get(shadow, 0.9),
        # What throws a hard shadow is a lamp that outshines the room.
        key=max(placement["key"], 0.75) if shadow == "hard" else placement["key"],
    )
    product = (layer.alpha.shape[1] * scale, layer.alpha.shape[0] * scale)
    room = ground.layout(place, size, product)
    lamp, sky = shadows.darkness(small, room, light)
    left = 1 - (light.key * lamp + (1 - light.key) * sky)
    if shadow != "floating" and placement["ground"] <= placement["y"] + 0.002:
        left = left * (1 - 0.78 * shadows.crease(small, room))
    return np.clip(1 - min(1.35 * strength, 1.0) * (1 - left), 0, 1).astype(np.float32)


def shrunk(layer: Layer, scale: float, size: tuple[int, int]) -> Alpha:
    """The layer's alpha alone on a small canvas."""
    matrix = np.array([[scale, 0, layer.left * scale], [0, scale, layer.top * scale]], np.float64)
    matrix[:, 2] += 0.5 * scale - 0.5
    source = layer.alpha
    if scale < 0.5:
        # A warp does not average: halve by areas first.
        wide, high = max(round(source.shape[1] * scale), 1), max(round(source.shape[0] * scale), 1)
        matrix[0, 0], matrix[1, 1] = 1, 1
        source = np.asarray(
            cv2.resize(source, (wide, high), interpolation=cv2.INTER_AREA), np.uint8
        )
        matrix[:, 2] = [layer.left * scale, layer.top * scale]
    return np.asarray(cv2.warpAffine(source, matrix, size, flags=cv2.INTER_LINEAR), np.uint8)


def dimmed(background: Rgb, shade: Floats | None, factors: Floats) -> Rgb:
    """The background under its shadow and tone; itself, copied, where neither is asked for."""
    out = background.copy()
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
        out[part] = tones.under(background[part], factor, factors)

    over(dim, bands(high, wide, BAND_PIXELS))
    return out


def dark(shade: Floats | None, width: int, height: int) -> tuple[slice, slice]:
    """Rows and columns of the canvas in which a shadow makes a difference."""
    if shade is None:
        return slice(0, 0), slice(0, 0)
    seen = np.asarray(shade < LIT)
    return span(np.any(seen, 1), height), span(np.any(seen, 0), width)


def span(seen: NDArray[np.bool_], length: int) -> slice:
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
    """Lays the product over; where its alpha is 255 by copying, elsewhere by mixing."""
    if layer.alpha.size == 0:
        return
    high, wide = layer.alpha.shape
    target = out[layer.top : layer.top + high, layer.left : layer.left + wide]
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
