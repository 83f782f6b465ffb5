"""From light to a picture: a soft shoulder, sRGB's curve, grain, and a dither against banding."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.pixels import Floats, Rgb
from tools.pipeline.scenes.colours import encoded

GRAIN_ROWS = 1500
# So fine that one step is a tenth of a level where the curve is steepest.
BRIGHTEST, STEPS = 2.0, 1 << 16
TILE = 256


@dataclass(frozen=True)
class Film:
    """What is laid over a picture's levels: `dither` (TILE, W, 3), over and over, and `grains`
    (TILE, TILE) of which each is `cell` pixels wide, where they are larger than pixels.
    """

    dither: Floats
    grains: Floats | None
    cell: float


def film(width: int, height: int, grain: float, seed: int) -> Film:
    """For a picture of that size. `grain` 1 is about one level of 255.

    The grains' size belongs to the picture, not to the pixel, so that a large picture and a small
    one look alike; the dither belongs to the pixel.
    """
    rng = np.random.default_rng([seed, 401])
    # Between 0 and 1, which rounds what is cut off below to the nearest on average.
    dither = rng.random((TILE, TILE, 3)).astype(np.float32)
    cell = max(height / GRAIN_ROWS, 1e-3)
    # A pixel that holds many grains shows their mean.
    strength = np.float32(1.15 * max(grain, 0) * min(cell**0.5, 1.0))
    grains = rng.standard_normal((TILE, TILE)).astype(np.float32) * strength
    if cell <= 1:
        return Film(widened(dither + grains[..., None], width), None, cell)
    return Film(widened(dither, width), grains if grain > 0 else None, cell)


def widened(tile: Floats, width: int) -> Floats:
    """(TILE, width, 3) float32, of any range, of a tile (TILE, TILE, 3) that repeats."""
    return np.ascontiguousarray(np.tile(tile, (1, -(-width // TILE), 1))[:, :width])


def develop(light: Floats, band: slice, film: Film) -> Rgb:
    """Rows×W×3 uint8 sRGB of linear light, rows×W×3 float32 0–2, at the rows `band` of the picture."""
    levels = np.take(curve(), steps(light))
    if film.grains is not None:
        rows, width = levels.shape[:2]
        grains = clumped(film.grains, film.cell, band.start, rows, width)
        levels += cv2.merge([grains] * 3)
    return dithered(levels, film.dither, band.start)


def dithered(levels: Floats, dither: Floats, start: int) -> Rgb:
    """Levels, rows×W×3 float32 0–255, the first of which is the picture's row `start`, as whole
    numbers: rows×W×3 uint8 sRGB. The levels are written over.
    """
    top = 0
    while top < len(levels):
        place = (start + top) % TILE
        count = min(TILE - place, len(levels) - top)
        levels[top : top + count] += dither[place : place + count]
        top += count
    return Rgb(np.asarray(np.clip(levels, 0, 255, out=levels), np.uint8))


@cache
def curve() -> Floats:
    """Levels 0..255 of light from 0 to twice white, shoulder and sRGB in one."""
    light = np.linspace(0, BRIGHTEST, STEPS, dtype=np.float32)
    return encoded(shoulder(light)) * np.float32(255)


def steps(light: Floats) -> NDArray[np.uint16]:
    """Where on the curve this light lies."""
    scaled = light * np.float32((STEPS - 1) / BRIGHTEST)
    return np.clip(scaled, 0, STEPS - 1, out=scaled).astype(np.uint16)


def shoulder(light: Floats) -> Floats:
    """Straight up to 0.7, then bending so that twice white is still below white."""
    over = np.maximum(light - 0.7, 0)
    return np.asarray(np.minimum(light, 0.7) + 0.3 * np.tanh(over / 0.42), np.float32)


def clumped(grains: Floats, cell: float, start: int, rows: int, width: int) -> Floats:
    x = np.asarray((np.arange(width) / cell) % TILE, np.float32)
    y = np.asarray((np.arange(start, start + rows) / cell) % TILE, np.float32)
    across, down = np.meshgrid(x, y)
    ringed = cv2.copyMakeBorder(grains, 0, 1, 0, 1, cv2.BORDER_WRAP)
    return np.asarray(cv2.remap(ringed, across, down, cv2.INTER_LINEAR) * 1.3, np.float32)
