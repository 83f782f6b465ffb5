"""Noise on a torus that looks the same at any resolution.

Every octave is a small lattice of random numbers that belongs to the seed, interpolated to the
size asked for: a larger tile has the same clouds as a smaller one, and octaves that the smaller
one could not show. All tiles are (size, size) float32 and repeat without a seam.
"""

import cv2
import numpy as np

from tools.pipeline.pixels import Floats

PAD = 3
COARSE_CELLS = 8
SAMPLES = 8


def make_lattice(seed: int, rows: int, columns: int) -> Floats:
    """rows×columns float32: independent normal numbers, zero mean and unit variance, of any range."""
    numbers = np.random.default_rng([seed, rows, columns]).standard_normal((rows, columns))
    return numbers.astype(np.float32)


def make_octave(seed: int, cells: tuple[int, int], size: int) -> Floats:
    """size×size float32 of any range, zero mean and about unit variance: one octave, `cells` (down,
    across) of a lattice, powers of two, none above `size`.
    """
    rows, columns = cells
    first = enlarged(make_lattice(seed, rows, columns), size, 0.0)
    if max(rows, columns) > COARSE_CELLS:
        return first * np.float32(1.35)
    # One coarse lattice shows as a grid of blobs; two of them, half a cell apart, do not.
    return (first + enlarged(make_lattice(seed + 7919, rows, columns), size, 0.5)) * np.float32(
        0.95
    )


def enlarged(numbers: Floats, size: int, shift: float) -> Floats:
    """(size, size) by cubic convolution around the torus, moved by `shift` cells both ways.

    One axis after the other, each cropped before the next: the ring of neighbours that a coarse
    lattice needs is many times larger than the tile.
    """
    tall = ringed(numbers, size, shift)
    return np.ascontiguousarray(ringed(np.ascontiguousarray(tall.T), size, shift).T)


def ringed(numbers: Floats, size: int, shift: float) -> Floats:
    """The first axis enlarged to `size`."""
    cells, other = numbers.shape
    times = size // cells
    wrapped = cv2.copyMakeBorder(numbers, PAD, PAD, 0, 0, cv2.BORDER_WRAP)
    tall = cv2.resize(wrapped, (other, (cells + 2 * PAD) * times), interpolation=cv2.INTER_CUBIC)
    start = round((PAD + shift) * times)
    return np.asarray(tall[start : start + size], np.float32)


def make_fractal(
    seed: int, cells: tuple[int, int], size: int, *, octaves: int = 5, gain: float = 0.5
) -> Floats:
    """size×size float32 of any range, zero mean and about unit variance: octaves from `cells`
    (down, across) upwards, each `gain` of the one before.
    """
    rows, columns = cells
    side = min(size, SAMPLES * max(cells))
    total = np.zeros((side, side), np.float32)
    for octave in range(octaves):
        if max(rows, columns) > size // 2:
            break
        # Coarse octaves are summed on a small tile, which grows with them: most of the work is
        # then one enlargement, however many octaves there are.
        total = enlarge_tile(total, min(size, SAMPLES * max(rows, columns)))
        total += make_octave(seed * 31 + octave, (rows, columns), total.shape[0]) * np.float32(
            gain**octave
        )
        rows, columns = rows * 2, columns * 2
    total = enlarge_tile(total, size)
    # Scaled by all octaves, also those that this size cannot show, so that sizes agree.
    return total / np.float32(np.sqrt(sum(gain ** (2 * k) for k in range(octaves))))


def enlarge_tile(tile: Floats, size: int) -> Floats:
    """The tile, h×h float32 of any range, enlarged to size×size; itself if it is that large."""
    side = tile.shape[0]
    if side >= size:
        return tile
    times = size // side
    wrapped = cv2.copyMakeBorder(tile, PAD, PAD, PAD, PAD, cv2.BORDER_WRAP)
    wide = (side + 2 * PAD) * times
    large = cv2.resize(wrapped, (wide, wide), interpolation=cv2.INTER_CUBIC)
    start = PAD * times
    return np.ascontiguousarray(large[start : start + size, start : start + size], np.float32)


def warp_tile(tile: Floats, across: Floats, down: Floats) -> Floats:
    """The tile, h×h float32 of any range, with its points moved by (across, down), h×h in shares of
    the tile.
    """
    size = tile.shape[0]
    steps = np.arange(size, dtype=np.float32)
    x = np.mod(steps[None, :] + across * size, size).astype(np.float32)
    y = np.mod(steps[:, None] + down * size, size).astype(np.float32)
    padded = cv2.copyMakeBorder(tile, 0, 1, 0, 1, cv2.BORDER_WRAP)
    return np.asarray(cv2.remap(padded, x, y, cv2.INTER_LINEAR), np.float32)


def make_grid(size: int) -> tuple[Floats, Floats]:
    """Columns u (1, size) and rows v (size, 1), float32 0–1 across the tile."""
    steps = (np.arange(size, dtype=np.float32) + np.float32(0.5)) / np.float32(size)
    return steps[None, :], steps[:, None]


def smooth_step(low: float, high: float, value: Floats) -> Floats:
    """Hermite's smooth step, (…,) float32 0–1: 0 where the value is below `low`, 1 above `high` (or
    the reverse if low > high).
    """
    t = np.clip((value - np.float32(low)) / np.float32(high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)
