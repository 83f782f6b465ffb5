"""Which holes a product has: print may have the colour of the background, and no hole is behind it.

Lengths are relative to the root of the subject's area, sizes to that area, colours are in Lab. The
limits were read off 72 photographs (not in the repository) and 14 renders.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.matting.planes import Mask, blurred, make_disk, to_float32, to_uint8
from tools.pipeline.matting.strokes import DROP, KEEP
from tools.pipeline.pixels import Floats

# How far from the background beside the subject (its nearest tenth) a hole may be. Of 24 true
# holes 23 are nearer than 4, of 26 false ones 24 are farther. All holes of over 2 % are true: the
# larger a hole, the less likely is it print, and the more may a shadow lie on what it shows.
ALIKE = 4.0
ALIKE_IF_LARGE = 12.0
LARGE = 0.02
# Inscribed radius of what is a scratch whatever it shows, and of the letters of a line.
SCRATCH = 0.008
LETTER = 0.02
LETTERS = 3

# What was taken for the subject is opened only if it is nearer to the background than any label or
# cushion (1.2 and more), even, and set off from what is around it: so are 7 handles and gaps, and
# nothing that is not. White and black with no room left for shades say nothing.
SAME = 1.0
EVEN = 2.7
SET_OFF = 10.0
SHADED = (5.0, 95.0)
OPENING = 0.003
OPENING_RADIUS = 0.015
# Such a part is sought where colours are this near to the average background within some pixels.
BEGINS = 12.0
WITHIN = 24.0
# Once opened, it takes in what adjoins it of about its colour, up to so many times its size.
GROWS = 6.0
AT_MOST = 4

# How many pixels make the background beside a hole, and how far from the outline they begin.
BESIDE = 400
CLEAR = 4


@dataclass(frozen=True)
class _Region:
    inside: Mask  # (H, W)
    size: int  # pixels
    radius: float  # pixels, of the largest circle in it
    centre: Floats  # (2,) row and column
    extent: int  # pixels, its longer side


def filled(mask: Mask, lab: Floats, painted: NDArray[np.int8]) -> Mask:
    """`mask` (H×W bool) without the holes that do not show the background of `lab` (H×W×3, L
    0–100).

    A ring keeps its hole; the white letters on a carton that stands on white paper are filled. A
    hole that was painted (H×W int8, -1 to 1) stays.
    """
    around = _around(mask)
    holes = list(_regions(~mask & ~around))
    size = int(np.count_nonzero(mask))
    letters = [hole for hole in holes if hole.radius < LETTER * size**0.5]
    least = (LETTER if _in_a_row(letters) else SCRATCH) * size**0.5
    background = _Background(around, lab)
    result = mask.copy()
    for hole in holes:
        alike = ALIKE_IF_LARGE if hole.size > LARGE * size else ALIKE
        shown = hole.radius >= least and background.apart(hole) < alike
        if not shown and not (painted[hole.inside] == DROP).any():
            result |= hole.inside
    return result


def opened(mask: Mask, lab: Floats, painted: NDArray[np.int8]) -> Mask:
    """`mask` (H×W bool) without what is surely background of `lab` (H×W×3, L 0–100) inside it, as
    within a mug's handle.

    Nothing that was painted (H×W int8, -1 to 1) to be kept is opened.
    """
    background = _Background(_around(mask), lab)
    like = to_uint8(mask & (background.apart_from_average() < BEGINS))
    size = int(np.count_nonzero(mask))
    result = mask.copy()
    for part in _regions(to_uint8(cv2.morphologyEx(like, cv2.MORPH_OPEN, make_disk(2))) > 0):
        if part.size < OPENING * size or part.radius < OPENING_RADIUS * size**0.5:
            continue
        if not _set_off(part, lab) or background.apart(part) >= SAME:
            continue
        whole = _grown(part, mask, lab)
        if not (painted[whole] == KEEP).any():
            result &= ~whole
    return result


def _around(mask: Mask) -> Mask:
    """What lies outside the mask and is not enclosed by it."""
    _, labels = cv2.connectedComponents(
        np.pad(to_uint8(~mask), 1, constant_values=1), connectivity=4
    )
    return np.asarray(labels == labels[0, 0])[1:-1, 1:-1]


def _regions(mask: Mask) -> Iterator[_Region]:
    plane = np.pad(to_uint8(mask), 1)
    count, labels, stats, centres = cv2.connectedComponentsWithStats(plane, connectivity=4)
    depth = cv2.distanceTransform(plane, cv2.DIST_L2, 3)
    for label in range(1, count):
        inside = labels == label
        yield _Region(
            inside[1:-1, 1:-1],
            int(stats[label, cv2.CC_STAT_AREA]),
            float(depth[inside].max()),
            to_float32(centres[label][::-1] - 1),
            int(stats[label, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max()),
        )


def _in_a_row(small: list[_Region]) -> bool:
    """Whether regions stand in one row, as letters do and the gaps between leaves do not."""
    if len(small) < LETTERS:
        return False
    centres = np.stack([region.centre for region in small])
    spread = np.linalg.svd(centres - centres.mean(axis=0), compute_uv=False)[1]
    return bool(spread / len(small) ** 0.5 < min(region.extent for region in small) / 2)


def _core(region: _Region, lab: Floats) -> Floats:
    """The colours (N, 3) in a region, away from where they are mixed with others."""
    core = to_uint8(cv2.erode(to_uint8(region.inside), make_disk(1))) > 0
    return to_float32(lab[core if core.any() else region.inside])


def _grown(part: _Region, mask: Mask, lab: Floats) -> Mask:
    """The part and what of its colour adjoins it in the mask, unless that leads far beyond it."""
    colour = np.median(_core(part, lab), axis=0)
    alike = part.inside | (mask & (np.linalg.norm(lab - colour, axis=2) < GROWS))
    _, labels = cv2.connectedComponents(to_uint8(alike), connectivity=4)
    whole = np.asarray(labels == labels[part.inside][0])
    return whole if np.count_nonzero(whole) < AT_MOST * part.size else part.inside


def _set_off(part: _Region, lab: Floats) -> bool:
    colours = _core(part, lab)
    colour = np.median(colours, axis=0)
    plane = to_uint8(part.inside)
    near, far = to_uint8(cv2.dilate(plane, make_disk(3))), to_uint8(cv2.dilate(plane, make_disk(6)))
    steps = np.linalg.norm(lab[far > near] - colour, axis=1)
    even = float(colours.std(axis=0).max()) < EVEN
    shaded = SHADED[0] < float(colour[0]) < SHADED[1]
    return even and shaded and len(steps) > 0 and float(np.median(steps)) > SET_OFF


class _Background:
    """What is seen around the subject, clear of its outline."""

    def __init__(self, around: Mask, lab: Floats) -> None:
        self._lab = lab
        self._clear = to_uint8(cv2.erode(to_uint8(around), make_disk(CLEAR), borderValue=1))
        # Every other pixel is enough to know it by.
        some = self._clear[::2, ::2] > 0
        self._places, self._colours = np.argwhere(some) * 2, lab[::2, ::2][some]

    def apart(self, region: _Region) -> float:
        """How far the region's colour is from the most alike tenth of what is nearest to it."""
        if len(self._places) == 0:
            return math.inf
        away = ((self._places - region.centre) ** 2).sum(axis=1)
        nearest = np.argpartition(away, min(BESIDE, len(away)) - 1)[:BESIDE]
        colour = np.median(_core(region, self._lab), axis=0)
        return float(np.percentile(np.linalg.norm(self._colours[nearest] - colour, axis=1), 10))

    def apart_from_average(self) -> Floats:
        """How far each pixel (H, W) is from the average of the background near it."""
        weight = blurred(to_float32(self._clear), WITHIN)[..., None] + np.float32(1e-6)
        average = blurred(self._lab * self._clear[..., None], WITHIN) / weight
        return to_float32(np.linalg.norm(self._lab - average, axis=2))
