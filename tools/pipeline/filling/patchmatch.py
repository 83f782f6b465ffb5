"""Holes filled with what the rest of the picture looks like.

Wexler, Shechtman and Irani, "Space-time completion of video" (PAMI 2007): patches over the hole
are brought into agreement with patches from outside, coarse to fine. The like patches are found by
Barnes, Shechtman, Finkelstein and Goldman, "PatchMatch" (SIGGRAPH 2009), for all places at once:
every place tries its neighbours' finds, then random ones ever nearer to its own.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.filling import membrane
from tools.pipeline.pixels import Floats

Places = NDArray[np.int64]  # (n, 2): row, column
Bools = NDArray[np.bool_]

_HALF = 3  # patches of 7 x 7
_AT_ONCE = 16384
_TRUST = 1.3  # times more by every pixel nearer to what is known, as Wexler et al. have it
_WINDOW: Places = np.stack(
    np.meshgrid(np.arange(-_HALF, _HALF + 1), np.arange(-_HALF, _HALF + 1), indexing="ij"), axis=-1
).reshape(-1, 2)
_NEIGHBOURS: Places = np.array([(0, 1), (0, -1), (1, 0), (-1, 0), (0, 4), (0, -4), (4, 0), (-4, 0)])


@dataclass(slots=True)
class Match:
    """For every target place the place of the like patch, and how unlike it still is."""

    targets: Places
    sources: Places
    distance: Floats
    index: NDArray[np.int64]  # (H, W): number of the target at a place, -1 elsewhere


@dataclass(frozen=True, slots=True)
class Level:
    """A picture (H, W, 3) with a hole; patches are taken from outside of `barred` only, which
    holds the hole. What `picture` shows in the hole is where the coarsest level begins.
    """

    picture: Floats
    hole: Bools
    barred: Bools


def fill(
    level: Level, *, seed: int, progress: Callable[[float], None] | None = None
) -> tuple[Floats, Match]:
    """The picture with its hole filled, and the match at this size.

    There must be patches wholly outside of what is barred (see `has_sources`).
    """
    random = np.random.default_rng(seed)
    pyramid = _pyramid(level)
    match: Match | None = None
    current: Floats = level.picture
    for number, here in enumerate(reversed(pyramid)):
        if match is None:
            current = here.picture
        else:
            match = stretch(match, here.hole, here.barred, 2.0, 2.0)
            current = voted(membrane.spread(here.picture, ~here.hole), here.hole, match)
        for _ in range(max(3, 10 - 2 * number)):
            match = search(current, here, match, random)
            current = voted(current, here.hole, match)
        if progress:
            progress((number + 1) / len(pyramid))
    assert match is not None  # noqa: S101 - a pyramid has a first level
    return current, match


def has_sources(barred: Bools) -> bool:
    return bool(_allowed(barred).any())


def _pyramid(level: Level) -> list[Level]:
    """Fine to coarse, until the hole is hardly wider than a patch."""
    levels = [level]
    while True:
        level = levels[-1]
        inside = cv2.distanceTransform(level.hole.astype(np.uint8), cv2.DIST_L2, 3).max()
        if inside <= 2 or min(level.hole.shape) < 8 * _HALF:
            return levels
        smaller = halved(level)
        if not has_sources(smaller.barred):
            return levels
        levels.append(smaller)


def halved(level: Level) -> Level:
    return resized(level, ((level.hole.shape[1] + 1) // 2, (level.hole.shape[0] + 1) // 2))


def resized(level: Level, size: tuple[int, int]) -> Level:
    """At a smaller size (width, height): what is known is averaged without what is not."""
    area = cv2.INTER_AREA
    known = (~level.hole).astype(np.float32)
    share = np.asarray(cv2.resize(known, size, interpolation=area), dtype=np.float32)
    colour = cv2.resize(level.picture * known[..., None], size, interpolation=area)
    guess = cv2.resize(level.picture, size, interpolation=area)
    hole = share < 0.5
    seen = colour / np.maximum(share, 1e-3)[..., None]
    barred = cv2.resize(level.barred.astype(np.float32), size, interpolation=area) > 0.5
    picture = np.where(hole[..., None], guess, seen).astype(np.float32)
    return Level(picture, hole, hole | barred)


def _allowed(barred: Bools) -> Bools:
    """Centres of patches that lie wholly in the picture and outside of what is barred."""
    side = 2 * _HALF + 1
    free = cv2.erode((~barred).astype(np.uint8), np.ones((side, side), np.uint8)) > 0
    inner = np.zeros_like(barred)
    inner[_HALF:-_HALF, _HALF:-_HALF] = True
    return free & inner


def _targets(hole: Bools) -> tuple[Places, NDArray[np.int64]]:
    """Centres of patches that touch the hole."""
    side = 2 * _HALF + 1
    touching = cv2.dilate(hole.astype(np.uint8), np.ones((side, side), np.uint8)) > 0
    targets = np.argwhere(touching)
    index = np.full(hole.shape, -1, np.int64)
    index[tuple(targets.T)] = np.arange(len(targets))
    return targets, index


def search(
    current: Floats, level: Level, before: Match | None, random: np.random.Generator
) -> Match:
    """One round of neighbours' finds and of random ones, from the match before or from chance."""
    allowed = _allowed(level.barred)
    patches = _Patches(current)
    if before is None:
        targets, index = _targets(level.hole)
        places = np.argwhere(allowed)
        sources = places[random.integers(0, len(places), len(targets))]
        before = Match(targets, sources, np.empty(0, np.float32), index)
    match = Match(
        before.targets,
        before.sources.copy(),
        patches.distance(before.targets, before.sources),
        before.index,
    )
    for step in _NEIGHBOURS:
        _propagate(match, patches, allowed, step)
    reach = max(allowed.shape) // 2
    while reach >= 1:
        jump = random.integers(-reach, reach + 1, match.sources.shape)
        _keep_better(match, patches, allowed, match.sources + jump)
        reach //= 3
    return match


def _propagate(match: Match, patches: "_Patches", allowed: Bools, step: Places) -> None:
    there = np.clip(match.targets + step, 0, np.array(allowed.shape) - 1)
    number = match.index[tuple(there.T)]
    found = np.where((number >= 0)[:, None], match.sources[number] - step, match.sources)
    _keep_better(match, patches, allowed, found)


def _keep_better(match: Match, patches: "_Patches", allowed: Bools, found: Places) -> None:
    inside: Bools = np.all((found >= 0) & (found < allowed.shape), axis=1)
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
        wide = cv2.copyMakeBorder(picture, _HALF, _HALF, _HALF, _HALF, cv2.BORDER_REFLECT)
        self._row = width + 2 * _HALF
        self._flat = wide.reshape(-1, 3)
        self._offsets = (_WINDOW[:, 0] + _HALF) * self._row + _WINDOW[:, 1] + _HALF

    def distance(self, first: Places, second: Places) -> Floats:
        """Mean squared difference of the patches around two lists of places."""
        out = np.empty(len(first), np.float32)
        for start in range(0, len(first), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            difference = self._at(first[part]) - self._at(second[part])
            out[part] = np.einsum("pkc,pkc->p", difference, difference) / len(_WINDOW)
        return out

    def _at(self, places: Places) -> Floats:
        base = places[:, 0] * self._row + places[:, 1]
        return np.asarray(np.take(self._flat, base[:, None] + self._offsets, axis=0))


def voted(current: Floats, hole: Bools, match: Match, *, ring: int = 0) -> Floats:
    """Every pixel of the hole (and `ring` around it) the mean of what the patches over it want,
    those that agree best with what is known counting most.
    """
    region = hole
    if ring:
        around = np.ones((2 * ring + 1, 2 * ring + 1), np.uint8)
        region = cv2.dilate(hole.astype(np.uint8), around) > 0
    pixels = np.argwhere(region)
    scale = float(np.quantile(match.distance, 0.75)) + 4.0
    depth = cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 3)[tuple(match.targets.T)]
    # Never quite nothing: somebody must decide on every pixel.
    weights = np.exp(-np.minimum(match.distance / scale, 8)) * _TRUST ** -np.minimum(depth, 40)
    total = np.zeros((len(pixels), 3), np.float32)
    norm = np.full((len(pixels), 1), 1e-12, np.float32)
    limit = np.array(hole.shape) - 1
    for step in _WINDOW:
        centre = pixels + step
        number = match.index[tuple(np.clip(centre, 0, limit).T)]
        valid = (number >= 0) & ((centre >= 0) & (centre <= limit)).all(axis=1)
        weight = np.where(valid, weights[number], 0).astype(np.float32)[:, None]
        place = np.clip(match.sources[number] - step, 0, limit)
        total += weight * current[tuple(place.T)]
        norm += weight
    out = current.copy()
    out[region] = total / norm
    return out


def stretch(match: Match, hole: Bools, barred: Bools, down: float, across: float) -> Match:
    """`match` on a larger grid: the same shifts, times how much larger it is."""
    targets, index = _targets(hole)
    scale = np.array([down, across])
    parents = np.minimum((targets / scale).astype(np.int64), np.array(match.index.shape) - 1)
    number = match.index[tuple(parents.T)]
    lost = number < 0
    if lost.any():
        number[lost] = _nearest(match, parents[lost])
    shift = match.sources[number] - match.targets[number]
    sources = targets + np.rint(shift * scale).astype(np.int64)
    allowed = _allowed(barred)
    sources = np.clip(sources, 0, np.array(hole.shape) - 1)
    wrong = ~allowed[tuple(sources.T)]
    if wrong.any():
        sources[wrong] = _nearest_allowed(allowed, sources[wrong])
    return Match(targets, sources, match.distance[number], index)


def _nearest(match: Match, places: Places) -> NDArray[np.int64]:
    """The number of the target nearest to each place."""
    labels = _labels(match.index >= 0)
    return np.asarray(match.index[tuple(labels[tuple(places.T)].T)])


def _nearest_allowed(allowed: Bools, places: Places) -> Places:
    return np.asarray(_labels(allowed)[tuple(places.T)])


def _labels(mask: Bools) -> NDArray[np.int64]:
    """(H, W, 2): the nearest place where the mask is true."""
    _, labels = cv2.distanceTransformWithLabels(
        (~mask).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    places = np.zeros((int(labels.max()) + 1, 2), np.int64)
    places[labels[mask]] = np.argwhere(mask)
    return np.asarray(places[labels])
