"""What there is to doubt about a matte, in numbers that say something about any engine's.

They are taken from a small picture, the matte, the other answers that there were, and what was
believed of each pixel; `outline_confidence` weighs them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.matting import borders
from tools.pipeline.matting.planes import (
    Mask,
    blurred,
    fit_long_side,
    make_disk,
    resized,
    to_float32,
    to_uint8,
)
from tools.pipeline.pixels import Alpha, Floats, Rgb

# The long side at which doubts are measured.
SIDE = 240
# An edge is judged by what lies beside it: these many pixels off it, and averaged as widely.
BESIDE, AROUND = 2, 3.5
# An average over fewer pixels than this share of what it could be over says nothing.
LEAST_SEEN = 0.02
# How far from the matte its colours are compared with those of its surroundings, in pixels.
RING = 15
# Points this far apart make one answer 2.7 times as likely as another.
SOFTNESS = 3.0
# Overlap from which two answers differ in what a visitor would call the product.
ALIKE = 0.9
# Bins of Lab for comparing colours: so many units wide.
LIGHTNESS_BIN, CHROMA_BIN = 12.5, 20.0


@dataclass(frozen=True)
class Hypothesis:
    """An answer to where the product is. All of a picture have the same aspect, at any size."""

    shape: Floats  # (h, w), 0..1
    points: float  # the log-odds by which one is better than another


@dataclass(frozen=True)
class Doubts:
    """Each a number; which way it speaks is for the model to say."""

    agreement: float  # 0..1, overlap of the matte with all answers, each by its probability
    least_alike: float  # 0..1, overlap with the answer that is least like it
    rival: float  # 0..1, how likely the best answer that differs is, next to the best of all
    gap: float  # 0..10, points between the best answer and the next
    answers: float  # how many there were
    believed: float  # 0..1, mean belief within the matte
    left_out: float  # 0 and more, belief outside it, as a share of its area
    contrast: float  # Lab units across the edge, its lowest tenth
    faint: float  # Lab units a pixel along the edge, its lowest tenth
    gradient: float  # Lab units a pixel along the edge, its median
    cluttered: float  # Lab units a pixel, median beyond the matte
    shared: float  # 0..1, overlap of the colours within and around
    on_frame: float  # 0..1, share of the frame that it covers
    parts: float  # 0..1, share of it that is not its largest part
    area: float  # 0..1, of the picture
    filled: float  # 0..1, of its convex hull
    rough: float  # length of its edge, in roots of its area


@dataclass(frozen=True)
class View:
    """What doubts are measured on, all at SIDE."""

    lab: Floats  # (h, w, 3)
    alpha: Floats  # (h, w), 0..1
    shapes: Floats  # (n, h, w), 0..1, one for each hypothesis
    chances: Floats  # (n,), their probabilities
    belief: Floats  # (h, w), 0..1
    contrast: Floats  # (h, w), Lab units between what lies inside and outside of here
    gradient: Floats  # (h, w), Lab units a pixel
    edge: Mask  # (h, w), the outline where something can be seen on either side of it

    @property
    def inside(self) -> Mask:
        return np.asarray(self.alpha > 0.5)


def look_at(photo: Rgb, alpha: Alpha, hypotheses: Sequence[Hypothesis], belief: Floats) -> View:
    """What there is to see of a photo (H×W×3 uint8 sRGB): `alpha` (h×w uint8) and `belief` (h×w
    float32 0–1) have its aspect, at any size; at least one hypothesis.
    """
    small = fit_long_side(photo, SIDE)
    height, width = small.shape[:2]
    lab = to_float32(cv2.cvtColor(to_float32(small) / np.float32(255), cv2.COLOR_RGB2LAB))
    matte = resized(to_float32(alpha) / np.float32(255), height, width)
    shapes = np.stack([resized(to_float32(each.shape), height, width) for each in hypotheses])
    points = to_float32([each.points for each in hypotheses])
    chances = np.exp((points - points.max()) / np.float32(SOFTNESS))
    contrast, seen = contrast_across(lab, np.asarray(matte > 0.5))
    steps = to_float32(cv2.dilate(borders.gradient(lab), np.ones((3, 3), np.uint8)))
    return View(
        lab=lab,
        alpha=matte,
        shapes=shapes,
        chances=chances / chances.sum(),
        belief=resized(to_float32(belief), height, width),
        contrast=contrast,
        gradient=steps,
        edge=seen & rim_of(np.asarray(matte > 0.5)),
    )


def measure_doubts(view: View, points: Sequence[float]) -> Doubts:
    """`points` are those of the hypotheses that the view was made with."""
    inside = view.inside
    size = max(1, int(np.count_nonzero(inside)))
    alike = np.array([overlap(view.alpha, shape) for shape in view.shapes])
    ranked = sorted(points, reverse=True)
    rivals = view.chances[alike < ALIKE]
    contrast, gradient = view.contrast[view.edge], view.gradient[view.edge]
    beyond = view.gradient[~inside]
    seen = len(contrast) > 0
    return Doubts(
        agreement=float(view.chances @ alike),
        least_alike=float(alike.min()),
        rival=float(rivals.max() / view.chances.max()) if len(rivals) else 0.0,
        gap=min(10.0, ranked[0] - ranked[1]) if len(ranked) > 1 else 10.0,
        answers=float(len(points)),
        believed=float(view.belief[inside].sum()) / size,
        left_out=float(view.belief[~inside].sum()) / size,
        contrast=float(np.percentile(contrast, 10)) if seen else 0.0,
        faint=float(np.percentile(gradient, 10)) if seen else 0.0,
        gradient=float(np.median(gradient)) if seen else 0.0,
        cluttered=float(np.median(beyond)) if len(beyond) else 0.0,
        shared=colours_shared(view.lab, inside),
        on_frame=float(frame_of(inside).mean()),
        parts=1 - largest_part(inside) / size,
        area=size / inside.size,
        filled=size / hull_of(inside),
        rough=float(np.count_nonzero(rim_of(inside))) / size**0.5,
    )


def overlap(one: Floats, other: Floats) -> float:
    """Overlap of two shapes (h×w float32 0–1 each), 0–1."""
    return float(np.minimum(one, other).sum() / max(1e-6, float(np.maximum(one, other).sum())))


def contrast_across(lab: Floats, inside: Mask) -> tuple[Floats, Mask]:
    """How far apart the colours on either side are, and where enough is seen of both."""
    plane, kernel = to_uint8(inside), make_disk(BESIDE)
    core = to_float32(cv2.erode(plane, kernel, borderValue=1))
    ground = to_float32(cv2.dilate(plane, kernel) == 0)
    colours, seen = [], np.ones(inside.shape, np.bool_)
    for side in (core, ground):
        weight = blurred(side, AROUND)
        colours.append(blurred(lab * side[..., None], AROUND) / (weight[..., None] + 1e-4))
        seen &= weight > LEAST_SEEN
    return to_float32(np.linalg.norm(colours[0] - colours[1], axis=2)), seen


def rim_of(inside: Mask) -> Mask:
    """Its outermost pixels, but for those at the frame."""
    plane = to_uint8(inside)
    return np.asarray(plane > to_uint8(cv2.erode(plane, np.ones((3, 3), np.uint8), borderValue=1)))


def frame_of(plane: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.concatenate([plane[0], plane[-1], plane[:, 0], plane[:, -1]])


def largest_part(inside: Mask) -> int:
    _, _, stats, _ = cv2.connectedComponentsWithStats(to_uint8(inside))
    return int(stats[1:, cv2.CC_STAT_AREA].max(initial=0))


def hull_of(inside: Mask) -> float:
    """The area of its convex hull, at least its own."""
    places = np.argwhere(inside).astype(np.int32)
    area = float(cv2.contourArea(cv2.convexHull(places))) if len(places) else 1.0
    return max(area, float(len(places)), 1.0)


def colours_shared(lab: Floats, inside: Mask) -> float:
    """How much of what is seen within has colours that are seen around it too."""
    near = to_uint8(cv2.dilate(to_uint8(inside), make_disk(RING))) > 0
    lightness = np.clip(lab[..., 0] / LIGHTNESS_BIN, 0, 7).astype(np.int32)
    chroma = np.clip((lab[..., 1:] + 90) / CHROMA_BIN, 0, 8).astype(np.int32)
    bins = lightness * 81 + chroma[..., 0] * 9 + chroma[..., 1]
    shares = []
    for part in (inside, near & ~inside):
        counts = np.bincount(bins[part], minlength=648)
        shares.append(counts / max(1, int(counts.sum())))
    return float(np.minimum(*shares).sum())
