"""A material as a repeating tile, sampled by how much of it a pixel covers.

Pixels far off cover many texels, pixels out of focus even more: both are answered from a pyramid
of ever softer tiles, so that depth of field costs no blur of the picture and knows no edges.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.pixels import Floats
from tools.pipeline.scenes.surfaces.tiles import Tiles

EDGE = 2


@dataclass(frozen=True)
class Texture:
    """`levels[k]` is the tile halved k times: roots of half the light, as 16-bit numbers."""

    levels: tuple[NDArray[np.uint16], ...]
    fine: tuple[NDArray[np.uint16], ...]
    period: float
    fine_period: float


def texture(tiles: Tiles) -> Texture:
    fine = () if tiles.fine is None else pyramid(halved(tiles.fine), smallest=8)
    return Texture(pyramid(halved(tiles.base), smallest=16), fine, tiles.period, tiles.fine_period)


def halved(tile: Floats) -> Floats:
    """Room for light up to twice white, which relief and grit reach."""
    return np.asarray(tile * np.float32(0.5), np.float32)


def pyramid(tile: Floats, smallest: int) -> tuple[NDArray[np.uint16], ...]:
    levels = []
    size = tile.shape[0]
    while True:
        levels.append(packed(tile))
        size //= 2
        if size < smallest:
            return tuple(levels)
        ringed = cv2.copyMakeBorder(tile, 4, 4, 4, 4, cv2.BORDER_WRAP)
        half = cv2.resize(ringed, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        soft = cv2.GaussianBlur(half, (0, 0), 0.7)
        tile = np.asarray(soft[2:-2, 2:-2], np.float32)


def packed(tile: Floats) -> NDArray[np.uint16]:
    numbers = (np.sqrt(np.clip(tile, 0, 1)) * 65535 + 0.5).astype(np.uint16)
    return np.asarray(cv2.copyMakeBorder(numbers, 0, EDGE, 0, EDGE, cv2.BORDER_WRAP), np.uint16)


def sample_texture(skin: Texture, u: Floats, v: Floats, footprint: Floats) -> Floats:
    """H×W×3 float32 linear albedo 0–2 at world points u (H, W) and v (H, 1) or (H, W).

    `footprint` (H,) is the world length that a pixel of that row averages over.
    """
    colour = pick(skin.levels, skin.period, u, v, footprint) * 2
    if skin.fine:
        grit = pick(skin.fine, skin.fine_period, u, v, footprint) * 2
        colour = np.asarray(cv2.multiply(colour, cv2.merge([grit] * 3)), np.float32)
    return colour


def pick(
    levels: tuple[NDArray[np.uint16], ...], period: float, u: Floats, v: Floats, footprint: Floats
) -> Floats:
    size = levels[0].shape[0] - EDGE
    detail = np.log2(np.maximum(footprint * size / period, 1e-6))
    detail = np.clip(detail, 0, len(levels) - 1)
    out = np.empty((*u.shape, *levels[0].shape[2:]), np.float32)
    for run, level in runs(detail.astype(int)):
        left = np.asarray(u[run] / period, np.float32)
        up = np.asarray(np.broadcast_to(v[run] / period, left.shape), np.float32)
        left, up = left - np.floor(left), up - np.floor(up)
        here = read(levels[level], left, up)
        if level + 1 < len(levels):
            share = (detail[run] - level).reshape(-1, *[1] * (here.ndim - 1))
            here += (read(levels[level + 1], left, up) - here) * share
        out[run] = here
    return out


def runs(levels: NDArray[np.int_]) -> Iterator[tuple[slice, int]]:
    """Neighbouring rows of one level."""
    cuts = [0, *(np.flatnonzero(np.diff(levels)) + 1).tolist(), len(levels)]
    for start, stop in pairwise(cuts):
        yield slice(start, stop), int(levels[start])


def read(level: NDArray[np.uint16], u: Floats, v: Floats) -> Floats:
    size = level.shape[0] - EDGE
    roots = cv2.remap(level, u * size, v * size, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    light = roots.astype(np.float32) * np.float32(1 / 65535)
    return np.asarray(light * light, np.float32)
