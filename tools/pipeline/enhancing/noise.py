"""How strong the noise is, per colour axis and frequency, from the flattest blocks there are.

The idea of Ponomarenko et al. ("An automatic approach to lossy compression of AVIRIS images",
IGARSS 2007): blocks are chosen by what noise hardly touches, the slope of the blurred picture,
and measured by what the picture hardly touches, their DCT coefficients.
"""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.enhancing import blocks, colours
from tools.pipeline.pixels import Floats, Rgb

LEVELS = 3  # the picture, its half and its quarter
_TILE = 512
_TILES, _COARSE_TILES = 9, 4  # measuring must not take longer than half a second at any size
_SHARE = 0.06  # of all blocks that count
_FEWEST = 100
_CLIPPED = (3, 252)  # within, nothing was cut off

_BAND = np.add.outer(np.arange(8), np.arange(8)).ravel()  # 0..14, of each coefficient
_HIGH = _BAND >= 6
_SPREAD = 1.4826  # of the median absolute deviation of a normal variable
_LEAST = 0.05


def spectra(rgb: Rgb) -> list[Floats]:
    """Sigma in levels of 0–255 per axis and DCT coefficient, (3, 64), for each of LEVELS halvings
    of H×W×3 uint8 sRGB.

    Clipped and synthetic, perfectly flat blocks do not count: neither carries the noise that the
    product has. Zeros where nothing is left to measure.
    """
    found = [_spectrum(_samples(rgb, 1 << level)) for level in range(LEVELS)]
    for level in range(1, LEVELS):
        found[level] = _plausible(found[level], found[level - 1])
    return found


def white(sigma: float) -> list[Floats]:
    """What `spectra` would say, (3, 64) for each halving, of white noise of `sigma` levels of
    0–255.
    """
    return [np.full((3, 64), sigma / (1 << level), np.float32) for level in range(LEVELS)]


def _plausible(coarse: Floats, fine: Floats) -> Floats:
    """Halving halves what the low frequencies had; much more than that is the picture itself."""
    expected = np.mean(fine[:, (_BAND >= 1) & (_BAND <= 4)], axis=1, keepdims=True) / 2
    return np.clip(coarse, 0.9 * expected, 1.3 * expected)


def strength(spectrum: Floats) -> float:
    """One number for people: sigma per RGB channel, in levels of 0–255, over all but the lowest
    frequencies of a spectrum (3, 64).
    """
    counted = spectrum[:, _BAND >= 2]
    return float(np.sqrt(np.mean(counted**2)))


def _samples(rgb: Rgb, halving: int) -> Iterator[tuple[Floats, NDArray[np.bool_]]]:
    """Planes (3, h, w) and where they are clipped, of tiles spread evenly over the picture."""
    side = _TILE * min(halving, 2)
    height, width = rgb.shape[:2]
    down, across = -(-height // side), -(-width // side)
    wanted = min(_TILES if halving == 1 else _COARSE_TILES, down * across)
    for number in np.unique(np.linspace(0, down * across - 1, wanted).astype(int)):
        top, left = (int(number) // across) * side, (int(number) % across) * side
        tile = Rgb(np.ascontiguousarray(rgb[top : top + side, left : left + side]))
        if min(tile.shape[:2]) < 16 * halving:
            continue
        low, high = (np.full(3, end, np.float64) for end in _CLIPPED)
        clipped = np.asarray(cv2.inRange(tile, low, high) == 0, np.float32)
        if halving == 1:
            yield colours.opponent(tile), clipped > 0
        else:
            reduced = _averaged(tile.astype(np.float32), halving)
            yield colours.opponent(reduced), _averaged(clipped, halving) > 0.25


def _averaged(plane: Floats, halving: int) -> Floats:
    size = plane.shape[1] // halving, plane.shape[0] // halving
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)


def _spectrum(samples: Iterator[tuple[Floats, NDArray[np.bool_]]]) -> Floats:
    found = [_candidates(planes, clipped) for planes, clipped in samples]
    if not found or not sum(slope.size for _, slope in found):
        return np.zeros((3, 64), np.float32)
    coefficients = np.concatenate([part for part, _ in found], axis=1)
    slope = np.concatenate([part for _, part in found])
    count = max(int(slope.size * _SHARE), min(_FEWEST, slope.size))
    chosen = coefficients[:, np.argsort(slope)[:count]]
    return _smoothed(_quiet(chosen))


def _candidates(planes: Floats, clipped: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Coefficients (3, n, 64) of the blocks that count, and how steep the picture is there."""
    height, width = (side // 8 * 8 for side in planes.shape[1:])
    blurred = cv2.GaussianBlur(planes[0], (0, 0), 2.0)
    across, down = cv2.Sobel(blurred, cv2.CV_32F, 1, 0), cv2.Sobel(blurred, cv2.CV_32F, 0, 1)
    steep = cv2.boxFilter(across * across + down * down, -1, (12, 12))
    values = blocks.split(np.ascontiguousarray(planes[:, :height, :width]), 0, 0)
    touched = blocks.split(clipped[None].astype(np.float32), 0, 0)[0].mean(axis=1)
    alive = np.ptp(values[0], axis=1) > 0.5
    counts = (touched < 0.02) & alive
    if np.count_nonzero(counts) < 20:
        counts = (touched < 0.2) & alive
    slope = steep[4:height:8, 4:width:8].ravel()
    kept: Floats = values[:, counts] @ blocks.BASIS.T
    return kept, slope[counts]


def _quiet(chosen: Floats) -> Floats:
    """Sigma per coefficient in the quarter with the least detail: texture must not pass for noise.

    What choosing by the measured value itself takes off is given back: the mean of the lowest
    quarter of a chi-square variable (as many degrees as coefficients) lies 1.27 deviations low.
    """
    detail = np.mean(chosen[0][:, _HIGH] ** 2, axis=1)
    kept = chosen[:, detail <= np.quantile(detail, 0.25)]
    low = np.sqrt(1 - 1.27 * np.sqrt(2 / np.count_nonzero(_HIGH)))
    spread = np.asarray(_SPREAD * np.median(np.abs(kept), axis=1), np.float32)
    spread[0, _HIGH] /= low
    return spread


def _smoothed(spread: Floats) -> Floats:
    """One value per band of equal frequency; the lowest bands show the picture, not noise."""
    bands = np.stack([np.median(spread[:, band == _BAND], axis=1) for band in range(15)], axis=1)
    level = np.median(bands[:, 4:13], axis=1, keepdims=True)
    bands = np.minimum(bands, 1.5 * level)
    bands[:, :2] = bands[:, 2:3]
    untouched = np.abs(bands[:, 4:8].mean(axis=1) / bands[:, 8:13].mean(axis=1).clip(_LEAST) - 1)
    if np.all(untouched[1:] < 0.15) and level[1:].min() > 0.5:
        # No camera and no JPEG has been at it: it is white, and the same on every axis.
        bands[1:] = level[1:]
        bands[0] = min(float(level[0, 0]), 1.05 * float(level[1:].mean()))
    bands[0] *= _believed(bands)
    bands[bands < _LEAST] = 0
    return np.asarray(bands[:, _BAND], np.float32)


def _believed(bands: Floats) -> float:
    """Brightness noise far above colour noise is fine texture (fur, cloth), unless all is grey."""
    colour = float(np.median(bands[1:, 2:5]))
    bound = np.inf if colour < _LEAST else 2.0 + 3.0 * colour
    return min(1.0, bound / max(float(np.median(bands[0, 2:8])), _LEAST))
