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
_TRUST = 0.8  # of sigma: the guide has lost some of the picture, and its power with it
_REACH = 12  # how far a like block may lie
_STEP = 4  # between reference blocks
_ROWS = 64  # of reference blocks compared at a time
_AT_ONCE = 2048  # groups: few enough for the cache, many enough for numpy

MARGIN = _REACH + 2 * N


def wiener(planes: Floats, guide: Floats, sigma: Floats, *, like: int) -> Floats:
    """Planes (C, H, W) float32, 0–255 about, without noise of sigma (C, 64), in levels; `guide` is
    the same, denoised before.

    Groups are of `like` blocks, a power of two. Blocks are compared in the guide's first plane
    (brightness), for all planes.
    """
    height, width = planes.shape[1:]
    if min(height, width) < N + 2 * _STEP:
        return guide
    members = _alike(guide[0], like)
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


def _alike(plane: Floats, like: int) -> NDArray[np.int64]:
    """For every reference block the flat positions of the most like ones, itself among them."""
    height, width = plane.shape
    rows, cols = _starts(height), _starts(width)
    bands = [
        _alike_in(plane, rows[start : start + _ROWS], cols, like)
        for start in range(0, rows.size, _ROWS)
    ]
    return np.concatenate(bands, axis=1)


def _alike_in(
    plane: Floats, rows: NDArray[np.int64], cols: NDArray[np.int64], like: int
) -> NDArray[np.int64]:
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
    best = np.argpartition(apart.reshape(len(shifts), -1), like - 1, axis=0)[:like]
    moves = np.array(shifts)[best]
    base_y, base_x = (part.ravel() for part in np.meshgrid(rows, cols, indexing="ij"))
    flat: NDArray[np.int64] = (base_y + moves[..., 0]) * width + base_x + moves[..., 1]
    return flat


def _together(noisy: Floats, clean: Floats, members: NDArray[np.int64], sigma: Floats) -> Floats:
    """One plane, its groups shrunk by Wiener's gain and put back by their weights."""
    width = noisy.shape[1]
    mix = (hadamard(len(members)) / np.sqrt(len(members))).astype(np.float32)
    noisy_blocks, clean_blocks = _blocks(noisy), _blocks(clean)
    total = np.zeros(noisy.size, np.float32)
    norm = np.zeros(noisy.size, np.float32)
    for start in range(0, members.shape[1], _AT_ONCE):
        group = members[:, start : start + _AT_ONCE]
        power = np.square(_mixed(clean_blocks, group, mix))
        gain = power / (power + np.square(_TRUST * sigma) + np.float32(1e-6))
        gain[0, :, 0] = 1
        weight = 1 / np.einsum("grk,grk->r", gain, gain)
        gain *= _mixed(noisy_blocks, group, mix)
        filtered = (mix @ gain.reshape(len(mix), -1)).reshape(-1, N * N)
        first, last = int(group.min()), int(group.max()) + 1
        put = sparse.csr_array(
            (np.tile(weight, len(mix)), (group.ravel() - first, np.arange(group.size))),
            shape=(last - first, group.size),
        )
        pixels = blocks.BASIS.T @ (put @ filtered).T
        counts = put.sum(axis=1)
        for number in range(N * N):
            at = first + number // N * width + number % N
            total[at : at + last - first] += pixels[number]
            norm[at : at + last - first] += counts
    return (total / norm).reshape(noisy.shape)


def _blocks(plane: Floats) -> Floats:
    """The block at every flat position, (n, 8, 8), without copying."""
    height, width = plane.shape
    count = (height - N) * width + width - N + 1
    size = plane.itemsize
    shape, strides = (count, N, N), (size, width * size, size)
    return np.lib.stride_tricks.as_strided(plane, shape, strides, writeable=False)


def _mixed(blocks_at: Floats, group: NDArray[np.int64], mix: Floats) -> Floats:
    """Coefficients of groups (k, n) of blocks, transformed across each group: (k, n, 64)."""
    coefficients = blocks_at[group].reshape(-1, N * N) @ blocks.BASIS.T
    return np.asarray((mix @ coefficients.reshape(len(mix), -1)).reshape(*group.shape, N * N))
