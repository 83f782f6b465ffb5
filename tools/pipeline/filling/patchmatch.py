"""Holes filled with what the rest of the picture looks like.

Wexler, Shechtman and Irani, "Space-time completion of video" (PAMI 2007): patches over the hole
are brought into agreement with patches from outside, coarse to fine. The like patches are found by
Barnes, Shechtman, Finkelstein and Goldman, "PatchMatch" (SIGGRAPH 2009), for all places at once:
every place tries its neighbours' finds, then random ones ever nearer to its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np

from tools.pipeline.filling import membrane
from tools.pipeline.filling.matches import (
    HALF,
    WINDOW,
    Match,
    Places,
    allowed_in,
    stretch,
    targets_of,
    votes,
)
from tools.pipeline.pixels import Floats, Mask, Rgb

_AT_ONCE = 16384
_TRUST = 1.3  # times more by every pixel nearer to what is known, as Wexler et al. have it
_NEIGHBOURS: Places = np.array([(0, 1), (0, -1), (1, 0), (-1, 0), (0, 4), (0, -4), (4, 0), (-4, 0)])


@dataclass(frozen=True, slots=True)
class Level:
    """A picture (H, W, 3) with a hole; patches are taken from outside of `barred` only, which
    holds the hole. What `picture` shows in the hole is where the coarsest level begins.
    """

    picture: Floats | Rgb
    hole: Mask
    barred: Mask


def fill(
    level: Level, *, seed: int, progress: Callable[[float], None] | None = None
) -> tuple[Floats, Match]:
    """The picture, H×W×3 float32 0–255, with its hole filled, and the match at this size.

    There must be patches wholly outside of what is barred (see `has_sources`).
    """
    random = np.random.default_rng(seed)
    pyramid = _pyramid(level)
    match: Match | None = None
    current = np.asarray(level.picture, np.float32)
    for number, here in enumerate(reversed(pyramid)):
        if match is None:
            current = np.asarray(here.picture, np.float32)
        else:
            match = stretch(match, here.hole, here.barred)
            current = voted(
                membrane.interpolate_membrane(np.asarray(here.picture, np.float32), ~here.hole),
                here.hole,
                match,
            )
        for _ in range(max(3, 10 - 2 * number)):
            match = search(current, here, match, random)
            current = voted(current, here.hole, match)
        if progress:
            progress((number + 1) / len(pyramid))
    assert match is not None  # noqa: S101 - a pyramid has a first level
    return current, match


def has_sources(barred: Mask) -> bool:
    """Whether any patch lies wholly outside of what is barred (H×W bool)."""
    return bool(allowed_in(barred).any())


def _pyramid(level: Level) -> list[Level]:
    """Fine to coarse, until the hole is hardly wider than a patch."""
    levels = [level]
    while True:
        level = levels[-1]
        inside = cv2.distanceTransform(level.hole.astype(np.uint8), cv2.DIST_L2, 3).max()
        if inside <= 2 or min(level.hole.shape) < 8 * HALF:
            return levels
        smaller = halved(level)
        if not has_sources(smaller.barred):
            return levels
        levels.append(smaller)


def halved(level: Level) -> Level:
    return resized(level, ((level.hole.shape[1] + 1) // 2, (level.hole.shape[0] + 1) // 2))


def resized(level: Level, size: tuple[int, ...]) -> Level:
    """As floats, at a smaller size (width, height): what is known is averaged without the hole."""
    area = cv2.INTER_AREA
    share = _share(~level.hole, size)
    masked = np.where(level.hole[..., None], level.picture.dtype.type(0), level.picture)
    colour = np.asarray(cv2.resize(masked, size, interpolation=area), np.float32)
    guess = cv2.resize(level.picture, size, interpolation=area)
    hole = share < 0.5
    seen = colour / np.maximum(share, 1e-3)[..., None]
    barred = _share(level.barred, size) > 0.5
    picture = np.where(hole[..., None], guess, seen).astype(np.float32)
    return Level(picture, hole, hole | barred)


def _share(mask: Mask, size: tuple[int, ...]) -> Floats:
    """How much of each larger pixel is true, 0..1."""
    bytes_ = mask.astype(np.uint8) * np.uint8(255)
    return np.asarray(
        cv2.resize(bytes_, size, interpolation=cv2.INTER_AREA), np.float32
    ) / np.float32(255)


def search(
    current: Floats, level: Level, before: Match | None, random: np.random.Generator
) -> Match:
    """One round of neighbours' finds and of random ones, from the match before or from chance."""
    allowed = allowed_in(level.barred)
    patches = _Patches(current)
    if before is None:
        before = _by_chance(level, allowed, random)
    match = replace(
        before,
        sources=before.sources.copy(),
        distance=patches.distance(before.targets, before.sources),
    )
    for step in _NEIGHBOURS:
        _propagate(match, patches, allowed, step)
    reach = max(allowed.shape) // 2
    while reach >= 1:
        jump = random.integers(-reach, reach + 1, match.sources.shape)
        _keep_better(match, patches, allowed, match.sources + jump)
        reach //= 3
    match.weight = _weights(match)
    return match


def _by_chance(level: Level, allowed: Mask, random: np.random.Generator) -> Match:
    targets, index = targets_of(level.hole, slice(0, level.hole.shape[0]))
    places = np.argwhere(allowed)
    sources = places[random.integers(0, len(places), len(targets))]
    nothing = np.empty(0, np.float32)
    return Match(targets, sources, nothing, nothing, index, (allowed.shape[0], allowed.shape[1]))


def _weights(match: Match) -> Floats:
    """The more alike and the nearer to what is known, the more."""
    scale = float(np.quantile(match.distance, 0.75)) + 4.0
    depth = cv2.distanceTransform((match.index >= 0).astype(np.uint8), cv2.DIST_L2, 3)
    trusted = _TRUST ** -np.minimum(depth[tuple(match.targets.T)], 40)
    # Never quite nothing: somebody must decide on every pixel.
    alike = np.exp(-np.minimum(match.distance / scale, 8))
    return np.asarray(alike * trusted, np.float32)


def _propagate(match: Match, patches: "_Patches", allowed: Mask, step: Places) -> None:
    there = np.clip(match.targets + step, 0, np.array(allowed.shape) - 1)
    number = match.index[tuple(there.T)]
    found = np.where((number >= 0)[:, None], match.sources[number] - step, match.sources)
    _keep_better(match, patches, allowed, found)


def _keep_better(match: Match, patches: "_Patches", allowed: Mask, found: Places) -> None:
    inside: Mask = np.all((found >= 0) & (found < allowed.shape), axis=1)
    found = np.where(inside[:, None], found, 0)
    tried = np.flatnonzero(inside & allowed[tuple(found.T)] & (found != match.sources).any(axis=1))
    distance = patches.distance(match.targets[tried], found[tried])
    better = distance < match.distance[tried]
    won = tried[better]
    match.sources[won] = found[won]
    match.distance[won] = distance[better]


class _Patches:
    def __init__(self, picture: Floats) -> None:
        width = picture.shape[1]
        wide = cv2.copyMakeBorder(picture, HALF, HALF, HALF, HALF, cv2.BORDER_REFLECT)
        self._row = width + 2 * HALF
        self._flat = wide.reshape(-1, 3)
        self._offsets = (WINDOW[:, 0] + HALF) * self._row + WINDOW[:, 1] + HALF

    def distance(self, first: Places, second: Places) -> Floats:
        """Mean squared difference of the patches around two lists of places."""
        out = np.empty(len(first), np.float32)
        for start in range(0, len(first), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            difference = self._at(first[part]) - self._at(second[part])
            out[part] = np.einsum("pkc,pkc->p", difference, difference) / len(WINDOW)
        return out

    def _at(self, places: Places) -> Floats:
        base = places[:, 0] * self._row + places[:, 1]
        return np.asarray(np.take(self._flat, base[:, None] + self._offsets, axis=0))


def voted(current: Floats, hole: Mask, match: Match) -> Floats:
    """`current` with its hole as the patches over it want it."""
    out = current.copy()
    out[hole] = votes(current, np.argwhere(hole), match)
    return out
