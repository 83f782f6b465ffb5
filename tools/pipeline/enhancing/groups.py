"""Like blocks filtered together: the second step of BM3D.

Dabov, Foi, Katkovnik, Egiazarian, "Image denoising by sparse 3-D transform-domain collaborative
filtering", IEEE TIP 2007. Written from the paper; where it has a first step of the same kind, the
guide here is the sliding DCT's result, which costs a third and lost nothing that we measured.
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import hadamard

from tools.pipeline.enhancing import blocks
from tools.pipeline.pixels import Floats

N = blocks.N
_LIKE = 16  # blocks in a group
_REACH = 12  # how far a like block may lie
_STEP = 4  # between reference blocks
_MIX: Floats = (hadamard(_LIKE) / np.sqrt(_LIKE)).astype(np.float32)
_ROWS = 64  # of reference blocks compared at a time
_AT_ONCE = 1024  # groups: few enough for the cache, many enough for numpy

MARGIN = _REACH + 2 * N


def wiener(planes: Floats, guide: Floats, sigma: Floats) -> Floats:
    """Planes (C, H, W) without noise of sigma (C, 64); `guide` is the same, denoised before.

    Blocks are compared in the guide's first plane (brightness), for all planes.
    """
    height, width = planes.shape[1:]
    if min(height, width) < N + 2 * _STEP:
        return guide
    members = _alike(guide[0])
    out = [
        _together(noisy, clean, members, axis)
        for noisy, clean, axis in zip(planes, guide, sigma, strict=True)
    ]
    return np.stack(out)


def _starts(length: int) -> NDArray[np.int64]:
    """Every fourth, and the last so that no pixel is left out."""
    last = length - N
    starts = np.arange(0, last + 1, _STEP)
    return starts if starts[-1] == last else np.append(starts, last)


def _alike(plane: Floats) -> NDArray[np.int64]:
    """For every reference block the flat positions of the most like ones, itself among them."""
    height, width = plane.shape
    rows, cols = _starts(height), _starts(width)
    bands = [
        _alike_in(plane, rows[start : start + _ROWS], cols) for start in range(0, rows.size, _ROWS)
    ]
    return np.concatenate(bands, axis=1)


def _alike_in(plane: Floats, rows: NDArray[np.int64], cols: NDArray[np.int64]) -> NDArray[np.int64]:
    height, width = plane.shape
    top = int(rows[0])
    band = plane[top : int(rows[-1]) + N]
    reach = _REACH
    wide = cv2.copyMakeBorder(plane, reach, reach, reach, reach, cv2.BORDER_REFLECT)
    shifts = [(y, x) for y in range(-reach, reach + 1, 2) for x in range(-reach, reach + 1, 2)]
    apart = np.empty((len(shifts), rows.size, cols.size), np.float32)
    for number, (y, x) in enumerate(shifts):
        moved = wide[top + reach + y : top + reach + y + band.shape[0], reach + x :][:, :width]
        square = cv2.absdiff(moved, band)
        cv2.multiply(square, square, square)
        total = cv2.boxFilter(square, -1, (N, N), anchor=(0, 0), normalize=False)
        apart[number] = total[np.ix_(rows - top, cols)]
        apart[number][(rows + y < 0) | (rows + y > height - N)] = np.inf
        apart[number][:, (cols + x < 0) | (cols + x > width - N)] = np.inf
    apart[len(shifts) // 2] = -1
    best = np.argpartition(apart.reshape(len(shifts), -1), _LIKE - 1, axis=0)[:_LIKE]
    moves = np.array(shifts)[best]
    base_y, base_x = (part.ravel() for part in np.meshgrid(rows, cols, indexing="ij"))
    flat: NDArray[np.int64] = (base_y + moves[..., 0]) * (width - N + 1) + base_x + moves[..., 1]
    return flat


def _together(noisy: Floats, clean: Floats, members: NDArray[np.int64], sigma: Floats) -> Floats:
    """One plane, its groups shrunk by Wiener's gain and put back by their weights."""
    shape = noisy.shape
    places = (shape[0] - N + 1) * (shape[1] - N + 1)
    noisy_rows, clean_rows = _coefficients(noisy), _coefficients(clean)
    total = np.zeros((places, N * N), np.float32)
    weights = np.zeros(places, np.float32)
    for start in range(0, members.shape[1], _AT_ONCE):
        group = members[:, start : start + _AT_ONCE]
        first, last = int(group.min()), int(group.max()) + 1
        power = np.square(_mixed(clean_rows[group]))
        gain = power / (power + sigma * sigma + np.float32(1e-6))
        gain[0, :, 0] = 1
        filtered = _mixed(_mixed(noisy_rows[group]) * gain)
        weight = 1 / np.einsum("grk,grk->r", gain, gain)
        spread = np.tile(weight, _LIKE)
        put = sparse.csr_array(
            (spread, (group.ravel() - first, np.arange(group.size))),
            shape=(last - first, group.size),
        )
        total[first:last] += put @ filtered.reshape(-1, N * N)
        weights[first:last] += put.sum(axis=1)
    return _aggregated(total, weights, shape)


def _mixed(stack: Floats) -> Floats:
    """The transform across a group: (16, n, 64), its own inverse."""
    return (_MIX @ stack.reshape(_LIKE, -1)).reshape(stack.shape)


def _coefficients(plane: Floats) -> Floats:
    """Of the blocks at all places: (places, 64)."""
    height, width = plane.shape[0] - N + 1, plane.shape[1] - N + 1
    shifted = np.empty((N * N, height, width), np.float32)
    for number in range(N * N):
        top, left = divmod(number, N)
        shifted[number] = plane[top : top + height, left : left + width]
    return np.ascontiguousarray((blocks.BASIS @ shifted.reshape(N * N, -1)).T)


def _aggregated(total: Floats, weights: Floats, shape: tuple[int, ...]) -> Floats:
    height, width = shape[0] - N + 1, shape[1] - N + 1
    pixels = (blocks.BASIS.T @ total.T).reshape(N * N, height, width)
    counts = weights.reshape(height, width)
    out, norm = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for number in range(N * N):
        top, left = divmod(number, N)
        out[top : top + height, left : left + width] += pixels[number]
        norm[top : top + height, left : left + width] += counts
    return out / norm
