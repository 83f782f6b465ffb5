"""Plain cubic enlarging: the yardstick for everything cleverer."""

import numpy as np
from scipy import sparse

from tools.pipeline.pixels import Rgb


def upscale_bicubic(rgb: Rgb, factor: int) -> Rgb:
    """H×W×3 uint8 sRGB at `factor` times its sides.

    Keys' cubic with a = -0.5, mirrored edges, rounded: what MATLAB's imresize gives.
    """
    down, across = _matrix(rgb.shape[0], factor), _matrix(rgb.shape[1], factor)
    planes = [(across @ (down @ plane).T).T for plane in np.moveaxis(rgb.astype(np.float64), 2, 0)]
    return Rgb(np.clip(np.rint(np.stack(planes, axis=2)), 0, 255).astype(np.uint8))


def _matrix(length: int, factor: int) -> sparse.csr_array:
    """(length * factor, length): the weights of four neighbours for every new pixel."""
    place = (np.arange(length * factor) + 0.5) / factor - 0.5
    first = np.floor(place).astype(int) - 1
    taps = first[:, None] + np.arange(4)
    t = np.abs(place[:, None] - taps)
    weights = np.where(t <= 1, 1.5 * t**3 - 2.5 * t**2 + 1, -0.5 * t**3 + 2.5 * t**2 - 4 * t + 2)
    mirrored = np.where(taps < 0, -1 - taps, np.where(taps >= length, 2 * length - 1 - taps, taps))
    new = np.repeat(np.arange(place.size), 4)
    inside = np.clip(mirrored, 0, length - 1).ravel()
    return sparse.csr_array((weights.ravel(), (new, inside)), shape=(place.size, length))
