"""Noise on a torus that looks the same at any resolution.

Every octave is a small lattice of random numbers that belongs to the seed, interpolated to the
size asked for: a larger tile has the same clouds as a smaller one, and octaves that the smaller
one could not show. All tiles are (size, size) float32 and repeat without a seam.
"""

import cv2
import numpy as np

from tools.pipeline.pixels import Floats

PAD = 4
FINE_CELLS = 64


def lattice(seed: int, rows: int, columns: int) -> Floats:
    """Independent normal numbers, zero mean and unit variance."""
    numbers = np.random.default_rng([seed, rows, columns]).standard_normal((rows, columns))
    return numbers.astype(np.float32)


def smooth(seed: int, cells: tuple[int, int], size: int) -> Floats:
    """One octave: `cells` (down, across) of a lattice, powers of two, none above `size`."""
    rows, columns = cells
    if min(rows, columns) > FINE_CELLS:
        return enlarged(lattice(seed, rows, columns), size)
    # One lattice shows through as a grid of blobs; two of them, half a cell apart, do not.
    total = np.zeros((size, size), np.float32)
    for number, shift in enumerate((0.0, 0.5)):
        numbers = lattice(seed + 7919 * number, rows, columns)
        down, across = cubic(rows, size, shift), cubic(columns, size, shift)
        total += down @ (numbers @ across.T) if rows > columns else (down @ numbers) @ across.T
    return total * np.float32(0.95)


def cubic(cells: int, size: int, shift: float) -> Floats:
    """(size, cells) weights of Keys's cubic convolution around a ring of cells."""
    at = (np.arange(size) + 0.5) * cells / size - 0.5 + shift
    whole = np.floor(at).astype(int)
    every, weights = np.arange(size), np.zeros((size, cells), np.float32)
    for tap in range(-1, 3):
        far = np.abs(at - whole - tap)
        near = (1.5 * far - 2.5) * far * far + 1
        outer = ((-0.5 * far + 2.5) * far - 4) * far + 2
        weights[every, (whole + tap) % cells] += np.where(far <= 1, near, outer)
    return weights


def enlarged(numbers: Floats, size: int) -> Floats:
    rows, columns = numbers.shape
    ringed = cv2.copyMakeBorder(numbers, PAD, PAD, PAD, PAD, cv2.BORDER_WRAP)
    down, across = size // rows, size // columns
    wide = cv2.resize(
        ringed,
        ((columns + 2 * PAD) * across, (rows + 2 * PAD) * down),
        interpolation=cv2.INTER_CUBIC,
    )
    return np.asarray(wide[PAD * down :, PAD * across :][:size, :size] * 1.35, np.float32)


def fractal(
    seed: int, cells: tuple[int, int], size: int, *, octaves: int = 5, gain: float = 0.5
) -> Floats:
    """Octaves from `cells` upwards, each `gain` of the one before; about unit variance."""
    total = np.zeros((size, size), np.float32)
    rows, columns = cells
    for octave in range(octaves):
        if max(rows, columns) > size // 2:
            break
        total += smooth(seed * 31 + octave, (rows, columns), size) * np.float32(gain**octave)
        rows, columns = rows * 2, columns * 2
    # Scaled by all octaves, also those that this size cannot show, so that sizes agree.
    return total / np.float32(np.sqrt(sum(gain ** (2 * k) for k in range(octaves))))


def warp(tile: Floats, across: Floats, down: Floats) -> Floats:
    """Moves the tile's points by (across, down), in shares of the tile."""
    size = tile.shape[0]
    steps = np.arange(size, dtype=np.float32)
    x = np.mod(steps[None, :] + across * size, size).astype(np.float32)
    y = np.mod(steps[:, None] + down * size, size).astype(np.float32)
    padded = cv2.copyMakeBorder(tile, 0, 1, 0, 1, cv2.BORDER_WRAP)
    return np.asarray(cv2.remap(padded, x, y, cv2.INTER_LINEAR), np.float32)


def grid(size: int) -> tuple[Floats, Floats]:
    """Columns u (1, size) and rows v (size, 1), 0..1 across the tile."""
    steps = (np.arange(size, dtype=np.float32) + np.float32(0.5)) / np.float32(size)
    return steps[None, :], steps[:, None]


def step(low: float, high: float, value: Floats) -> Floats:
    """Hermite's smooth step: 0 below `low`, 1 above `high` (or the reverse if low > high)."""
    t = np.clip((value - np.float32(low)) / np.float32(high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)
