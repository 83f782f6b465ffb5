"""Signs of JPEG: where its blocks lie and how coarsely they were quantised."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.pipeline.enhancing import blocks, colours
from tools.pipeline.pixels import Floats, Rgb

_TILE = 512
_TILES = 9
_SEEN = 0.04  # blockiness from which there is a grid, if coefficients lie on one too
_PLAIN = 0.1  # and without: stripes and gradients come near that
_FIT = 0.5

# ITU-T T.81, annex K.1: the tables that the independent JPEG group's quality scales.
_LUMA = (
    "16 11 10 16 24 40 51 61 12 12 14 19 26 58 60 55 14 13 16 24 40 57 69 56 14 17 22 29 51 87 80 "
    "62 18 22 37 56 68 109 103 77 24 35 55 64 81 104 113 92 49 64 78 87 103 121 120 101 72 92 95 "
    "98 112 100 103 99"
)
_CHROMA = (
    "17 18 24 47 99 99 99 99 18 21 26 66 99 99 99 99 24 26 56 99 99 99 99 99 47 66 " + "99 " * 38
)


@dataclass(frozen=True, slots=True)
class Traces:
    """`blockiness`: how much steeper steps over block borders are than others, 0 where there is
    no grid. `quality`: 1..100 of the standard tables, none where they do not fit (another
    program's tables, resized since). `top`, `left`: where the first whole block begins, 0..7.
    """

    blockiness: float = 0.0
    quality: int | None = None
    top: int = 0
    left: int = 0


def traces(rgb: Rgb) -> Traces:
    """What JPEG left in H×W×3 uint8 sRGB: see `Traces`."""
    tiles = [colours.brightness(tile) for tile in _tiles(rgb)]
    if not tiles:
        return Traces()
    across, left = _steps([np.abs(np.diff(tile, axis=1)) for tile in tiles])
    down, top = _steps([np.abs(np.diff(tile, axis=0)).T for tile in tiles])
    if min(across, down) < _SEEN:
        return Traces()
    coefficients = np.concatenate(
        [blocks.split(tile[None], top, left)[0] @ blocks.BASIS.T for tile in tiles]
    )
    quality = _quality(coefficients)
    if quality is None and min(across, down) < _PLAIN:
        return Traces()
    return Traces(min(across, down), quality, top, left)


def steps(quality: int) -> Floats:
    """Quantisation per coefficient of luma and of chroma, (2, 64) float32 1–255, for a quality of
    1–100.

    The tables of ITU-T T.81, annex K, scaled as libjpeg does it.
    """
    scale = 5000 / quality if quality < 50 else 200 - 2 * quality
    tables = np.array([_LUMA.split(), _CHROMA.split()], dtype=np.float64)
    return np.clip(np.floor((tables * scale + 50) / 100), 1, 255).astype(np.float32)


def _tiles(rgb: Rgb) -> Iterator[Rgb]:
    """Spread evenly; all begin on multiples of 8, so that they share the picture's grid."""
    height, width = rgb.shape[:2]
    if min(height, width) < 32:
        return
    down, across = -(-height // _TILE), -(-width // _TILE)
    for number in np.unique(np.linspace(0, down * across - 1, min(_TILES, down * across))):
        top, left = (int(number) // across) * _TILE, (int(number) % across) * _TILE
        tile = rgb[top : top + _TILE, left : left + _TILE]
        if min(tile.shape[:2]) >= 32:
            yield Rgb(tile)


def _steps(differences: list[Floats]) -> tuple[float, int]:
    """How far the steps of one phase of 8 stand out, and where blocks begin.

    Large steps are the picture's: they are cut at 20, lest one edge of the picture pass for a grid.
    """
    total = np.zeros(8)
    for difference in differences:
        width = difference.shape[1] // 8 * 8
        cut = np.minimum(difference[:, :width], 20)
        total += cut.reshape(cut.shape[0], -1, 8).mean(axis=(0, 1))
    phase = int(total.argmax())
    others = np.median(np.delete(total, phase))
    return float(total[phase] / max(others, 0.05 * len(differences)) - 1), (phase + 1) % 8


def _quality(coefficients: Floats) -> int | None:
    """The coarsest tables on whose multiples the coefficients lie."""
    fits = {quality: _fit(coefficients, steps(quality)[0]) for quality in range(6, 97, 2)}
    best = max(fits.values())
    if best < _FIT:
        return None
    return min(quality for quality, fit in fits.items() if fit > 0.85 * best)


def _fit(coefficients: Floats, table: Floats) -> float:
    """1 when all are multiples of the table, 0 when they lie anywhere."""
    low = [1, 2, 3, 8, 9, 10, 16, 17, 24]
    turns: NDArray[np.floating] = coefficients[:, low] / table[low]
    counted = np.abs(turns) > 0.75
    if np.count_nonzero(counted) < 50:
        return 0.0
    return float(np.cos(2 * np.pi * turns[counted]).mean())
