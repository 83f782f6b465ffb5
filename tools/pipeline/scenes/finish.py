"""From light to a picture: a soft shoulder, sRGB's curve, grain, and a dither against banding."""

import cv2
import numpy as np

from tools.pipeline.pixels import Floats, Rgb
from tools.pipeline.scenes.colours import encoded

GRAIN_ROWS = 1500
TILE = 256


def develop(light: Floats, band: slice, height: int, grain: float, seed: int) -> Rgb:
    """(rows, W, 3) uint8 of linear light.

    `grain` 1 is about one level of 255. Its size belongs to the picture, not to the pixel, so
    that a large picture and a small one look alike; the dither belongs to the pixel.
    """
    levels = encoded(shoulder(light)) * 255
    rows, width = levels.shape[:2]
    rng = np.random.default_rng([seed, 401])
    dither = rng.random((TILE, TILE, 3)).astype(np.float32)
    levels += wrapped(dither, band.start, rows, width) - 0.5
    if grain > 0:
        cell = max(height / GRAIN_ROWS, 1e-3)
        film = rng.standard_normal((TILE, TILE)).astype(np.float32)
        # A pixel that holds many grains shows their mean.
        strength = np.float32(1.15 * grain * min(cell**0.5, 1.0))
        levels += strength * clumped(film, cell, band.start, rows, width)[..., None]
    return np.asarray(np.clip(levels + 0.5, 0, 255), np.uint8)


def shoulder(light: Floats) -> Floats:
    """Straight up to 0.7, then bending so that twice white is still below white."""
    over = np.maximum(light - 0.7, 0)
    return np.asarray(np.minimum(light, 0.7) + 0.3 * np.tanh(over / 0.42), np.float32)


def wrapped(tile: Floats, start: int, rows: int, width: int) -> Floats:
    down = (np.arange(start, start + rows)) % TILE
    return tile[down][:, np.arange(width) % TILE]


def clumped(film: Floats, cell: float, start: int, rows: int, width: int) -> Floats:
    if cell <= 1:
        return wrapped(film, start, rows, width)
    x = np.asarray((np.arange(width) / cell) % TILE, np.float32)
    y = np.asarray((np.arange(start, start + rows) / cell) % TILE, np.float32)
    across, down = np.meshgrid(x, y)
    ringed = cv2.copyMakeBorder(film, 0, 1, 0, 1, cv2.BORDER_WRAP)
    return np.asarray(cv2.remap(ringed, across, down, cv2.INTER_LINEAR) * 1.3, np.float32)
