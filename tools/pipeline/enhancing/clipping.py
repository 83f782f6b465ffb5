"""What clipping did to the mean of noisy pixels, undone.

Foi, "Clipped noisy images: heteroskedastic modeling and practical denoising", Signal Processing
2009: noise cut off at black or white no longer averages to the truth, so a smoothed black is grey.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from tools.pipeline.pixels import Floats, Rgb

_TOP = 255.0
_ENTRIES = 4096
_LEAST = 1.0  # sigma from which it can be seen
_PILE = 0.35  # of the pixels near an end lie on it when noise was clipped there
_SAMPLE = 1 << 20


@dataclass(frozen=True, slots=True)
class Clipping:
    """How much of the shift is to be undone at black and at white, 0..1 each."""

    sigma: float
    black: float
    white: float


def found(rgb: Rgb, sigma: float) -> Clipping:
    """What noise of `sigma` (levels of 0–255) in H×W×3 uint8 sRGB was clipped to.

    Noise that a camera has tamed in the shadows leaves no pile at 0: then nothing is undone.
    """
    if sigma < _LEAST:
        return Clipping(sigma, 0, 0)
    stride = max(1, round(np.sqrt(rgb.shape[0] * rgb.shape[1] / _SAMPLE)))
    height = rgb.shape[0] // stride
    # whole rows: the neighbours of a sampled pixel must be its own
    rows = rgb[(rgb.shape[0] - height) // 2 :][:height]
    values = rows.astype(np.float32)
    mean = cv2.blur(values, (7, 7))
    deviation = np.sqrt(np.maximum(cv2.blur(values * values, (7, 7)) - mean * mean, 0))
    noisy = deviation > 0.3 * sigma
    return Clipping(
        sigma,
        _pile((mean < 0.8 * sigma) & noisy, rows == 0),
        _pile((mean > _TOP - 0.8 * sigma) & noisy, rows == _TOP),
    )


def undo(smooth: Floats, clipping: Clipping) -> Floats:
    """`smooth`, (…,) float32 averages of noisy values in 0–255, with its ends where they belong."""
    if max(clipping.black, clipping.white) == 0:
        return smooth
    means = np.linspace(0, _TOP, _ENTRIES)
    truth = np.linspace(-clipping.sigma, _TOP + clipping.sigma, _ENTRIES)
    shift = np.interp(means, _mean(truth, clipping.sigma), truth) - means
    share = np.where(means < _TOP / 2, clipping.black, clipping.white)
    table = (means + share * shift).astype(np.float32)
    index = np.clip(smooth * ((_ENTRIES - 1) / _TOP) + 0.5, 0, _ENTRIES - 1).astype(np.int32)
    out: Floats = table[index]
    return out


def _mean(truth: NDArray[np.float64], sigma: float) -> NDArray[np.float64]:
    """E[clip(truth + noise)]."""
    below, above = -truth / sigma, (_TOP - truth) / sigma
    inside = ndtr(above) - ndtr(below)
    edges = sigma * (_bell(below) - _bell(above))
    return np.asarray(truth * inside + edges + _TOP * (1 - ndtr(above)))


def _bell(t: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.exp(-0.5 * t * t) / np.sqrt(2 * np.pi))


def _pile(near: NDArray[np.bool_], at: NDArray[np.bool_]) -> float:
    if np.count_nonzero(near) < 50:
        return 0.0
    return float(np.clip(np.mean(at[near]) / _PILE, 0, 1))
