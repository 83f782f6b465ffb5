"""Smooth backgrounds: recognised, continued exactly, with the grain that they have."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.filling import membrane, seams
from tools.pipeline.pixels import Floats, Mask, Rgb

_FINE = 1.2  # levels: what rounding and a faint gradient leave
_ROUNDING = 0.6  # levels: less grain than that is rounding, and comes by itself
_GRAINIEST, _SOFTEST = 8.0, 2.0  # levels, pixels: beyond, it is a texture and not grain
_OUTLIERS = 0.02  # of the pixels may be something else: dust, a label's corner
_SAMPLES = 40_000
_WINDOW, _WINDOWS = 256, 24  # grain is measured in so many pieces of that side
_BAND = 256  # rows filled at a time
_REDUCED = 1024  # long side at which what is missing at the rim is spread
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

    def grain(self, shape: tuple[int, ...], random: np.random.Generator) -> Floats:
        """(H, W, 3) of noise as strong and as soft as the picture's."""
        noise = random.standard_normal((*shape, 3), dtype=np.float32)
        if self.softness > 0:
            noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), self.softness))
            noise /= max(float(noise.std()), 1e-6)
        return noise * self.sigma


def fit(picture: Rgb, sample: Mask) -> Backdrop | None:
    """The simplest polynomial that explains the picture (H×W×3 uint8 sRGB) where `sample` (H×W
    bool) is true.

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


def continued(backdrop: Backdrop, picture: Rgb, hole: Mask, *, seed: int) -> Rgb:
    """`picture` (H×W×3 uint8 sRGB) with its hole (H×W bool) in the backdrop's colours, meeting what
    is around without a step.
    """
    random = np.random.default_rng(seed)
    offset = _offset(backdrop, picture, hole)
    out = Rgb(picture.copy())
    height, width = hole.shape
    for top in range(0, height, _BAND):
        band = hole[top : top + _BAND]
        if not band.any():
            continue
        rows, cols = np.nonzero(band)
        here = slice(top, top + band.shape[0])
        values = backdrop.at((rows + top).astype(np.float32), cols.astype(np.float32))
        values += seams.stretched(offset, (height, width), here)[band]
        values += backdrop.grain(band.shape, random)[band]
        out[top : top + _BAND][band] = np.clip(np.rint(values), 0, 255).astype(np.uint8)
    return out


def _offset(backdrop: Backdrop, picture: Rgb, hole: Mask) -> Floats:
    """How far the picture lies from the backdrop, spread from around the hole over it; reduced."""
    height, width = hole.shape
    scale = min(1.0, _REDUCED / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    unknown = cv2.resize(hole.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA) > 0
    rows, cols = np.indices(unknown.shape, dtype=np.float32)
    y, x = (rows.ravel() + 0.5) / scale - 0.5, (cols.ravel() + 0.5) / scale - 0.5
    rest = small - backdrop.at(y, x).reshape(small.shape)
    limit = 3 * _FINE + backdrop.sigma
    edge = np.clip(_local_mean(rest, ~unknown), -limit, limit)
    known = np.where(unknown[..., None], 0, edge).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(membrane.interpolate_membrane(known, ~unknown), (0, 0), 4.0))


def _terms(
    rows: NDArray[np.floating], cols: NDArray[np.floating], size: tuple[int, int], degree: int
) -> NDArray[np.floating]:
    y = 2 * (rows + 0.5) / size[0] - 1
    x = 2 * (cols + 0.5) / size[1] - 1
    return np.stack([x**i * y**j for i in range(degree + 1) for j in range(degree + 1 - i)], axis=1)


def _robust(
    terms: NDArray[np.floating], seen: NDArray[np.floating], noise: Floats
) -> tuple[NDArray[np.floating], Mask]:
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


def _grain(picture: Rgb, sample: Mask) -> tuple[Floats, float]:
    """Sigma per channel, and how soft it is, of what the local mean leaves of the picture."""
    rests = [
        (part - _local_mean(part.astype(np.float32), known), known)
        for part, known in _windows(picture, sample)
    ]
    values = np.concatenate([rest[known] for rest, known in rests])
    sigma = (1.4826 * np.median(np.abs(values), axis=0)).astype(np.float32)
    if sigma.max() < _ROUNDING:
        return np.zeros(3, np.float32), 0.0
    limit = 4 * sigma + 0.5
    power, product = 1e-6, 0.0
    for rest, known in rests:
        both = known[:, :-1] & known[:, 1:]
        first, second = (np.clip(side[both], -limit, limit) for side in (rest[:, :-1], rest[:, 1:]))
        power += float(np.sum(first * first))
        product += float(np.sum(first * second))
    likeness = float(np.clip(product / power, 0, 0.95))
    softness = 0.0 if likeness < 0.08 else float(np.sqrt(-0.25 / np.log(likeness)))
    return sigma, softness


def _windows(picture: Rgb, sample: Mask) -> list[tuple[Rgb, Mask]]:
    """Pieces of the picture in which there is something of the sample, spread evenly, some few."""
    height, width = sample.shape
    found = [
        (slice(top, top + _WINDOW), slice(left, left + _WINDOW))
        for top in range(0, height, _WINDOW)
        for left in range(0, width, _WINDOW)
        if sample[top : top + _WINDOW, left : left + _WINDOW].any()
    ]
    return [(Rgb(picture[at]), sample[at]) for at in found[:: max(1, len(found) // _WINDOWS)]]


def _local_mean(values: Floats, known: Mask) -> Floats:
    """Of what is known in 9 x 9 pixels around; 0 where nothing is."""
    weight = known.astype(np.float32)
    share = cv2.blur(weight, (9, 9))
    total = np.asarray(cv2.blur(values * weight[..., None], (9, 9)))
    return np.asarray(total / np.maximum(share, 1e-3)[..., None], np.float32)
