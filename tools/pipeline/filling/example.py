"""A hole in a photo of any size filled by example, in bounded memory."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from tools.pipeline.enhancing import colours
from tools.pipeline.filling import dilation, matches, membrane, patchmatch, seams
from tools.pipeline.filling.matches import HALF, Match
from tools.pipeline.filling.patchmatch import Level
from tools.pipeline.pixels import Floats, Mask, Rgb

_TARGETS = 30_000  # pixels of the hole at the size that is searched
_RIM = 2  # pixels around the hole at which fill and photo are compared
_STEP = 24  # levels at most that the fill is shifted to meet the photo
_ROWS = 128  # filled at a time


def fill_by_example(
    piece: Rgb,
    hole: Mask,
    *,
    seed: int,
    barred: Mask | None = None,
    progress: Callable[[float], None] | None = None,
) -> Rgb:
    """The piece (H×W×3 uint8 sRGB) with its hole (H×W bool) filled.

    PatchMatch where the hole is small enough to search, its shifts stretched to full size.
    Nothing is taken from where `barred` is true, and the search begins with what the piece shows
    in its hole; without `barred`, with the surroundings spread over it.
    """
    level = Level(piece, hole, hole if barred is None else hole | barred)
    scale = min(1.0, float(np.sqrt(_TARGETS / max(int(hole.sum()), 1))))
    height, width = (max(24, round(side * scale)) if scale < 1 else side for side in hole.shape)
    small = patchmatch.resized(level, (width, height))
    if barred is None:
        guess = membrane.interpolate_membrane(np.asarray(small.picture, np.float32), ~small.hole)
        small = Level(guess, small.hole, small.barred)
    if not patchmatch.has_sources(small.barred):
        return Rgb(
            colours.round_to_uint8(membrane.interpolate_membrane(piece.astype(np.float32), ~hole))
        )
    filled, match = patchmatch.fill(small, seed=seed, progress=progress)
    return _put(level, piece if scale < 1 else filled, match)


def _put(level: Level, source: Floats | Rgb, match: Match) -> Rgb:
    """The votes written into the hole, then shifted to meet what is around it."""
    hole, out = level.hole, np.asarray(level.picture).astype(np.uint8)
    shape = hole.shape[0], hole.shape[1]
    region = dilation.dilate_mask(hole, _RIM)
    rim: list[NDArray[np.int64]] = []
    missing: list[Floats] = []
    for pixels, found in _in_bands(level, region, source, match):
        inside = hole[tuple(pixels.T)]
        there = pixels[~inside]
        rim.append(there)
        known = out[tuple(there.T)].astype(np.float32)
        missing.append(np.clip(known - found[~inside], -_STEP, _STEP))
        out[tuple(pixels[inside].T)] = colours.round_to_uint8(found[inside])
    offset = seams.spread(np.concatenate(rim), np.concatenate(missing), shape)
    for top in range(0, shape[0], _ROWS):
        rows = slice(top, min(top + _ROWS, shape[0]))
        here = hole[rows]
        if here.any():
            shift = seams.stretched(offset, shape, rows)[here]
            out[rows][here] = colours.round_to_uint8(out[rows][here] + shift)
    return Rgb(out)


def _in_bands(
    level: Level, region: Mask, source: Floats | Rgb, match: Match
) -> Iterator[tuple[NDArray[np.int64], Floats]]:
    """Pixels (n, 2) of the region and their votes (n, 3), some rows at a time."""
    height = region.shape[0]
    allowed = matches.allowed_in(level.barred)
    for top in range(0, height, _ROWS):
        bottom = min(top + _ROWS, height)
        pixels = np.argwhere(region[top:bottom]) + np.array((top, 0))
        if not len(pixels):
            continue
        local = match
        if match.shape != region.shape:
            rows = slice(max(0, top - HALF), min(height, bottom + HALF))
            local = matches.stretch_rows(match, level.hole, allowed, rows)
        yield pixels, matches.votes(source, pixels, local)
