"""Smooth backgrounds: recognised, continued exactly, with the grain that they have."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.filling import membrane
from tools.pipeline.pixels import Floats, Rgb

Bools = NDArray[np.bool_]

_FINE = 1.2  # levels: what rounding and a faint gradient leave
_ROUNDING = 0.6  # levels: less grain than that is rounding, and comes by itself
_GRAINIEST, _SOFTEST = 8.0, 2.0  # levels, pixels: beyond, it is a texture and not grain
_OUTLIERS = 0.02  # of the pixels may be something else: dust, a label's corner
_SAMPLES = 40_000
_DEGREES = (0, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A polynomial of place for each channel, and the grain left over.

    `coefficients` (terms, 3) of x, y scaled to -1..1 over `size` = (height, width); `sigma` (3,)
    and `softness` (pixels, 0 for white) of the grain.
    """

    degree: int
    coefficients: Floats
    size: tuple[int, int]
    sigma: Floats
    softness: float

    def at(self, rows: NDArray[np.floating], cols: NDArray[np.floating]) -> Floats:
        """Colour (n, 3) at places that may lie outside the picture that it was fitted to."""
        return np.asarray(_terms(rows, cols, self.size, self.degree) @ self.coefficients)

    def grain(self, shape: tuple[int, int], seed: int) -> Floats:
        """(H, W, 3) of noise as strong and as soft as the picture's."""
        noise = np.random.default_rng(seed).standard_normal((*shape, 3), dtype=np.float32)
        if self.softness > 0:
            noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), self.softness))
            noise /= max(float(noise.std()), 1e-6)
        return noise * self.sigma


def fit(picture: Rgb, sample: Bools) -> Backdrop | None:
    """The simplest polynomial that explains the picture (H, W, 3) where `sample` is true.

    None when the lowest four degrees do not: then it is no plain background.
    """
    places = np.argwhere(sample)
    if len(places) < 64:
        return None
    places = places[:: max(1, len(places) // _SAMPLES)]
    rows, cols = places[:, 0].astype(float), places[:, 1].astype(float)
    seen = picture[places[:, 0], places[:, 1]].astype(np.float64)
    size = picture.shape[0], picture.shape[1]
    noise, softness = _grain(picture, sample)
    if noise.max() > _GRAINIEST or softness > _SOFTEST:
        return None
    for degree in _DEGREES:
        terms = _terms(rows, cols, size, degree)
        coefficients, inside = _robust(terms, seen, noise)
        error = np.abs(seen - terms @ coefficients)
        bound = 3.5 * noise + _FINE
        smooth = _shapeless(
            np.where(inside[:, None], seen - terms @ coefficients, 0), places, noise
        )
        if np.mean((error > bound).any(axis=1)) <= _OUTLIERS and smooth:
            return Backdrop(degree, coefficients.astype(np.float32), size, noise, softness)
    return None


def continued(backdrop: Backdrop, picture: Floats, hole: Bools, *, seed: int) -> Floats:
    """`picture` with its hole in the backdrop's colours, meeting what is around without a step."""
    rows, cols = np.indices(hole.shape, dtype=np.float32)
    flat = backdrop.at(rows.ravel(), cols.ravel()).reshape(picture.shape)
    limit = 3 * _FINE + backdrop.sigma
    edge = np.clip(_local_mean(picture - flat, ~hole), -limit, limit)
    offset = membrane.spread(np.where(hole[..., None], 0, edge).astype(np.float32), ~hole)
    offset = np.asarray(cv2.GaussianBlur(offset, (0, 0), 4.0))
    filled = flat + offset + backdrop.grain((hole.shape[0], hole.shape[1]), seed)
    return np.where(hole[..., None], filled, picture).astype(np.float32)


def _terms(
    rows: NDArray[np.floating], cols: NDArray[np.floating], size: tuple[int, int], degree: int
) -> NDArray[np.floating]:
    y = 2 * (rows + 0.5) / size[0] - 1
    x = 2 * (cols + 0.5) / size[1] - 1
    return np.stack([x**i * y**j for i in range(degree + 1) for j in range(degree + 1 - i)], axis=1)


def _robust(
    terms: NDArray[np.floating], seen: NDArray[np.floating], noise: Floats
) -> tuple[NDArray[np.floating], Bools]:
    """Least squares, again without what lies far off."""
    inside = np.ones(len(seen), dtype=bool)
    coefficients = np.zeros((terms.shape[1], 3))
    for _ in range(4):
        coefficients = np.linalg.lstsq(terms[inside], seen[inside], rcond=None)[0]
        error = np.abs(seen - terms @ coefficients).max(axis=1)
        bound = max(3.0 * float(noise.max()) + _FINE, 1.5 * float(np.median(error)))
        inside = error <= bound
        if np.count_nonzero(inside) < 0.5 * len(seen):
            inside = error <= np.quantile(error, 0.5)
    return coefficients, inside


def _shapeless(rest: NDArray[np.floating], places: NDArray[np.int64], noise: Floats) -> bool:
    """Whether what is left over has no shape: its mean over patches of the picture stays small."""
    span = np.ptp(places, axis=0) + 1
    cell = (places - places.min(axis=0)) * 8 // span
    number = cell[:, 0] * 8 + cell[:, 1]
    count = np.bincount(number, minlength=64)
    for channel in range(3):
        mean = np.bincount(number, rest[:, channel], minlength=64) / np.maximum(count, 1)
        bound = _FINE + 4 * float(noise[channel]) / np.sqrt(np.maximum(count, 1))
        if np.any((np.abs(mean) > bound) & (count > 8)):
            return False
    return True


def _grain(picture: Rgb, sample: Bools) -> tuple[Floats, float]:
    """Sigma per channel, and how soft it is, of what the local mean leaves of the picture."""
    rest = picture - _local_mean(picture.astype(np.float32), sample)
    sigma = (1.4826 * np.median(np.abs(rest[sample]), axis=0)).astype(np.float32)
    if sigma.max() < _ROUNDING:
        return np.zeros(3, np.float32), 0.0
    both = sample[:, :-1] & sample[:, 1:]
    if not both.any():
        return sigma, 0.0
    limit = 4 * sigma + 0.5
    first, second = (np.clip(part[both], -limit, limit) for part in (rest[:, :-1], rest[:, 1:]))
    power = float(np.mean(first * first)) + 1e-6
    likeness = float(np.clip(np.mean(first * second) / power, 0, 0.95))
    softness = 0.0 if likeness < 0.08 else float(np.sqrt(-0.25 / np.log(likeness)))
    return sigma, softness


def _local_mean(values: Floats, known: Bools) -> Floats:
    """Of what is known in 9 x 9 pixels around; 0 where nothing is."""
    weight = known.astype(np.float32)
    share = cv2.blur(weight, (9, 9))
    total = np.asarray(cv2.blur(values * weight[..., None], (9, 9)))
    return np.asarray(total / np.maximum(share, 1e-3)[..., None], np.float32)
