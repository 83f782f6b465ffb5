"""How blurred the sharpest edges of a photo are."""

import cv2
import numpy as np

from tools.pipeline.enhancing import colours
from tools.pipeline.pixels import Floats, Rgb

_TILE = 512
_TILES = 9
_BEFORE = 0.8  # smoothed so far first, against noise
_AGAIN = 1.2  # and this far more, to compare
_EDGES = 60  # fewer say nothing
_LARGEST = 8.0


def radius(rgb: Rgb, *, sigma: float) -> float:
    """The Gaussian sigma, in pixels, of what blurs the edges in focus of H×W×3 uint8 sRGB; 0 when
    it cannot be told.

    Zhuo and Sim, "Defocus map estimation from a single image", Pattern Recognition 2011: blurring
    an edge again lowers its slope by a ratio that tells how blurred it was. Edges out of focus do
    not count, for a soft background is no fault: of the steep ones the sharpest quarter speaks.
    `sigma` is the noise's, in levels.
    """
    found = [_of_edges(tile, sigma) for tile in _tiles(rgb)]
    radii = np.concatenate([part for part in found if part.size] or [np.empty(0, np.float32)])
    if radii.size < _EDGES:
        return 0.0
    return float(np.quantile(radii, 0.25))


def _tiles(rgb: Rgb) -> list[Floats]:
    """The luma of the tiles with most in them, of up to four times as many looked at."""
    height, width = rgb.shape[:2]
    side = _TILE
    corners = [(y, x) for y in range(0, height, side) for x in range(0, width, side)]
    busy = []
    for top, left in corners[:: max(1, len(corners) // (4 * _TILES))]:
        sampled = rgb[top : top + side : 4, left : left + side : 4, 1].astype(np.float32)
        steps = np.abs(np.diff(sampled, axis=1))
        # A strip of four columns has nothing beside what is sampled of it.
        busy.append((float(steps.mean()) if steps.size else 0.0, top, left))
    busiest = sorted(busy, reverse=True)[:_TILES]
    return [colours.brightness(Rgb(rgb[y : y + side, x : x + side])) for _, y, x in busiest]


def _of_edges(luma: Floats, sigma: float) -> Floats:
    first: Floats = np.asarray(cv2.GaussianBlur(luma, (0, 0), _BEFORE), np.float32)
    steep = _slope(first)
    less = _slope(np.asarray(cv2.GaussianBlur(first, (0, 0), _AGAIN), np.float32))
    ridge = steep >= cv2.dilate(steep, np.ones((3, 3), np.uint8))
    least = max(6.0, 3 * sigma, 0.35 * float(np.quantile(steep, 0.995)))
    edges = ridge & (steep > least)
    ratio = np.square(steep[edges] / np.maximum(less[edges], 1e-3))
    squared = _AGAIN**2 / np.maximum(ratio - 1, 1e-3) - _BEFORE**2
    radii: Floats = np.sqrt(np.clip(squared, 0, _LARGEST**2))
    return radii


def _slope(plane: Floats) -> Floats:
    across = cv2.Sobel(plane, cv2.CV_32F, 1, 0, scale=0.125)
    down = cv2.Sobel(plane, cv2.CV_32F, 0, 1, scale=0.125)
    return np.asarray(cv2.magnitude(across, down))
