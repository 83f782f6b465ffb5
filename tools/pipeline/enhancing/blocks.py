"""Shrinkage of overlapping 8 x 8 DCT blocks, the workhorse of denoising and deblocking.

Yaroslavsky's sliding DCT with the weights and the two steps (hard threshold, then empirical
Wiener with the first result as its guide) of Dabov, Foi, Katkovnik, Egiazarian, "Image denoising
by sparse 3-D transform-domain collaborative filtering", IEEE TIP 2007.
"""

from collections.abc import Iterator

import cv2
import numpy as np

from tools.pipeline.pixels import Floats

N = 8
_THRESHOLD = 2.7  # times sigma: the value of the paper, and the best of 2.5, 2.7, 3.0 measured


def _basis() -> Floats:
    k = np.arange(N)[:, None]
    one = np.sqrt(2 / N) * np.cos(np.pi * (2 * np.arange(N)[None] + 1) * k / (2 * N))
    one[0] /= np.sqrt(2)
    return np.kron(one, one).astype(np.float32)


BASIS = _basis()  # (64, 64): coefficients = BASIS @ block.ravel()


def split(planes: Floats, top: int, left: int) -> Floats:
    """The blocks side by side from (top, left) on, (C, blocks, 64) float32, of planes (C, H, W) of
    any range.
    """
    count, height, width = planes.shape
    down, across = (height - top) // N, (width - left) // N
    view = planes[:, top : top + down * N, left : left + across * N]
    blocks = view.reshape(count, down, N, across, N).transpose(0, 1, 3, 2, 4)
    return np.ascontiguousarray(blocks).reshape(count, down * across, N * N)


def shrink(planes: Floats, sigma: Floats, *, guide: Floats | None = None, step: int = 2) -> Floats:
    """Planes (C, H, W) float32, 0–255 about, without noise of sigma (C, 64) per coefficient, in
    levels.

    Without `guide` by hard threshold; with it by Wiener's gain, the guide's squared coefficients
    standing for the picture's power. The mean of a block is never touched. Blocks start at every
    `step`-th pixel; all phases agree between tiles whose origins are multiples of 8.
    """
    height, width = planes.shape[1:]
    noisy = _bordered(planes)
    clean = None if guide is None else _bordered(guide)
    total = np.zeros_like(noisy)
    weights = np.zeros_like(noisy)
    for top, left in _phases(step):
        coefficients = split(noisy, top, left) @ BASIS.T
        if clean is None:
            weight: Floats = _threshold(coefficients, sigma)
        else:
            weight = _wiener(coefficients, split(clean, top, left) @ BASIS.T, sigma)
        coefficients *= weight
        add(total, np.asarray(coefficients @ BASIS, np.float32), top, left)
        add(weights, weight, top, left)
    total /= weights
    return np.ascontiguousarray(total[:, N : N + height, N : N + width])


def _phases(step: int) -> Iterator[tuple[int, int]]:
    return ((top, left) for top in range(0, N, step) for left in range(0, N, step))


def _bordered(planes: Floats) -> Floats:
    """Mirrored so that every phase covers every pixel of the picture with whole blocks."""
    height, width = planes.shape[1:]
    after = [N + N - side % N for side in (height, width)]
    return np.stack(
        [
            cv2.copyMakeBorder(plane, N, after[0], N, after[1], cv2.BORDER_REFLECT)
            for plane in planes
        ]
    )


def _threshold(coefficients: Floats, sigma: Floats) -> Floats:
    """Zeroes the small ones in place; the weight of each block is (C, blocks, 1)."""
    keep = np.abs(coefficients) > _THRESHOLD * sigma[:, None, :]
    keep[..., 0] = True
    coefficients *= keep
    kept = np.count_nonzero(keep, axis=2).astype(np.float32)
    return np.asarray((1 / kept)[..., None])


def _wiener(coefficients: Floats, guide: Floats, sigma: Floats) -> Floats:
    """Scales in place; the weight of each block is (C, blocks, 1)."""
    np.square(guide, out=guide)
    guide /= guide + np.square(sigma)[:, None, :] + np.float32(1e-6)
    guide[..., 0] = 1
    coefficients *= guide
    return np.asarray((1 / np.einsum("cbk,cbk->cb", guide, guide))[..., None])


def add(total: Floats, blocks: Floats, top: int, left: int) -> None:
    """The inverse of `split`, added; a last axis of 1 stands for a block all of one value."""
    count, height, width = total.shape
    down, across = (height - top) // N, (width - left) // N
    view = total[:, top : top + down * N, left : left + across * N]
    view = view.reshape(count, down, N, across, N)
    if blocks.shape[2] == 1:
        view += blocks.reshape(count, down, 1, across, 1)
    else:
        view += blocks.reshape(count, down, across, N, N).transpose(0, 1, 3, 2, 4)
