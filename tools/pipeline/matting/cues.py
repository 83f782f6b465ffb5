"""What makes a patch look like the subject: one number per patch and cue, all in 0..1.

Every cue is wrong on some photographs, and no two on the same ones; `fusion` weighs them.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from tools.pipeline.matting.planes import blurred, to_float32, to_uint8
from tools.pipeline.matting.superpixels import Patches
from tools.pipeline.pixels import Floats


@dataclass(frozen=True)
class Scene:
    """A small picture and its patches, with what every cue reads."""

    lab: Floats  # (H, W, 3)
    patches: Patches
    colour: Floats  # (N, 3), mean Lab
    place: Floats  # (N, 2), x and y relative to the sides, -1..1
    apart: Floats  # (N, N), distance of mean colours
    far: Floats  # (N, N), distance of places relative to the long side
    border: Floats  # (N,), pixels on the frame


def scene(lab: Floats, patches: Patches) -> Scene:
    """The patches of H×W×3 Lab (L 0–100) with what every cue asks: see `Scene`."""
    height, width = lab.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    place = patches.mean(np.stack([x / width, y / height], axis=2) * 2 - 1)
    colour = patches.mean(lab)
    scale = np.array([width, height], np.float32) / (2 * max(width, height))
    return Scene(
        lab,
        patches,
        colour,
        place,
        _between(colour),
        _between(place * scale),
        patches.border_lengths(),
    )


def _between(points: Floats) -> Floats:
    squares = (points**2).sum(axis=1)
    products = points @ points.T
    return to_float32(np.sqrt(np.maximum(squares[:, None] + squares[None] - 2 * products, 0)))


def stretched(values: Floats) -> Floats:
    """(N,) float32 of any range to 0–1, forgiving the extreme two per cent at each end."""
    low, high = np.percentile(values, (2, 98))
    return to_float32(np.clip((values - low) / max(high - low, 1e-6), 0, 1))


def boundary_connectivity(scene: Scene) -> Floats:
    """(N,) float32 0–1: how much of a patch's own colour region lies on the frame, as a background
    probability.

    Zhu et al., "Saliency Optimization from Robust Background Detection", CVPR 2014.
    """
    geodesic = _geodesic(scene)
    like = np.exp(-(geodesic**2) / (2 * 10.0**2))
    area = (like * scene.patches.sizes).sum(axis=1)
    length = (like * scene.border).sum(axis=1)
    connectivity = length / np.sqrt(area)
    return to_float32(1 - np.exp(-(connectivity**2) / 2))


def _geodesic(scene: Scene) -> Floats:
    edges = scene.patches.edges
    steps = scene.apart[edges[:, 0], edges[:, 1]]
    nearest = np.full(scene.patches.count, np.inf, np.float32)
    np.minimum.at(nearest, edges.ravel(), np.repeat(steps, 2))
    # The smallest step inside one surface is noise, not distance.
    noise = float(nearest[np.isfinite(nearest)].mean()) if len(edges) else 0.0
    rim = np.flatnonzero(scene.border)
    pairs = np.concatenate([edges, _pairs(rim)])
    weights = np.maximum(scene.apart[pairs[:, 0], pairs[:, 1]] - noise, 0) + 1e-6
    count = scene.patches.count
    graph = coo_matrix((weights, (pairs[:, 0], pairs[:, 1])), shape=(count, count)).tocsr()
    return np.minimum(dijkstra(graph, directed=False), 1e4).astype(np.float32)


def _pairs(names: NDArray[np.intp]) -> NDArray[np.intp]:
    one, other = np.triu_indices(len(names), 1)
    return np.stack([names[one], names[other]], axis=1)


def weighted_contrast(scene: Scene, background: Floats) -> Floats:
    """(N,) float32 0–1: colour contrast to what is nearby and probably background, (N,) 0–1 (Zhu et
    al., 2014).
    """
    near = np.exp(-(scene.far**2) / (2 * 0.25**2))
    weight = near * (background * scene.patches.sizes)[None]
    return stretched((scene.apart * weight).sum(axis=1) / (weight.sum(axis=1) + 1e-6))


def rarity(scene: Scene) -> Floats:
    """(N,) float32 0–1: colours that are rare in the picture as a whole (Cheng et al., CVPR 2011)."""
    size = scene.patches.sizes / scene.patches.sizes.sum()
    like = np.exp(-(scene.apart**2) / (2 * 12.0**2))
    return stretched(-np.log((like * size[None]).sum(axis=1) + 1e-4))


def compactness(scene: Scene) -> Floats:
    """(N,) float32 0–1: colours that are found in one place only (Perazzi et al., CVPR 2012)."""
    like = np.exp(-(scene.apart**2) / (2 * 12.0**2)) * scene.patches.sizes[None]
    like = like / like.sum(axis=1, keepdims=True)
    middle = like @ scene.place
    spread = like @ (scene.place**2).sum(axis=1) - (middle**2).sum(axis=1)
    return stretched(-spread)


def centre(scene: Scene) -> Floats:
    """(N,) float32 0–1: nearness to the middle of the picture."""
    return to_float32(np.exp(-(scene.place**2).sum(axis=1) / (2 * 0.5**2)))


def border_likelihood(scene: Scene) -> Floats:
    """(N,) float32 0–1: log-odds, scaled, that a colour belongs to the middle rather than to the
    frame.
    """
    like = np.exp(-(scene.apart**2) / (2 * 9.0**2))
    inner = np.exp(-(scene.place**2).sum(axis=1) / (2 * 0.4**2)) * scene.patches.sizes
    outer = scene.border
    middle = like @ (inner / inner.sum())
    frame = like @ (outer / outer.sum())
    odds = np.log(middle + 3e-3) - np.log(frame + 3e-3)
    return to_float32(np.clip(odds / 8 + 0.5, 0, 1))


def distance_to_sides(scene: Scene) -> tuple[Floats, Floats]:
    """How unlike a patch is to each side's own few colours: (least, third least) of four, (N,)
    float32 0–1 each.

    The least alone would forgive a subject that touches one side; the third least trusts a side
    only together with another.
    """
    height, width = scene.patches.labels.shape
    rim = max(2, round(0.02 * max(height, width)))
    labels = scene.patches.labels
    sides = (labels[:rim], labels[-rim:], labels[:, :rim], labels[:, -rim:])
    away = []
    for side in sides:
        share = np.bincount(side.ravel(), minlength=scene.patches.count).astype(np.float32)
        share /= share.sum()
        like = np.exp(-(scene.apart**2) / (2 * 8.0**2)) @ share
        away.append(-np.log(like + 1e-3))
    ranked = np.sort(np.stack(away), axis=0) / -np.log(1e-3)
    return ranked[0].astype(np.float32), ranked[2].astype(np.float32)


def surroundedness(lab: Floats, *, levels: int = 14) -> Floats:
    """H×W float32 0–1: the share of thresholds at which a pixel of H×W×3 Lab lies in a region
    closed off from the frame.

    Boolean maps (Zhang and Sclaroff, ICCV 2013), which also approximate the minimum barrier
    distance to the frame.
    """
    total = np.zeros(lab.shape[:2], np.float32)
    for channel in cv2.split(lab):
        low, high = np.percentile(to_float32(channel), (1, 99))
        if high - low < 4:
            continue
        for level in np.linspace(low, high, levels + 2)[1:-1]:
            bright = (channel > level).astype(np.uint8)
            total += _enclosed(bright) + _enclosed(1 - bright)
    return total / max(float(total.max()), 1.0)


def _enclosed(region: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The parts of a 0/1 region that do not reach the frame."""
    framed = to_uint8(cv2.copyMakeBorder(region, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1))
    cv2.floodFill(framed, None, (0, 0), 0)
    return framed[1:-1, 1:-1]


def sharpness(lab: Floats) -> Floats:
    """H×W float32 from 0: fine detail of H×W×3 Lab, averaged over a neighbourhood: the lens was
    focused on the subject.
    """
    light = lab[..., 0]
    fine = np.abs(light - blurred(light, 1.2))
    reach = 0.02 * max(light.shape)
    return to_float32(np.log1p(blurred(fine, reach)))


def texture_contrast(scene: Scene, background: Floats) -> Floats:
    """(N,) float32 0–1: contrast of roughness, at two scales, to what is nearby and probably
    background, (N,) 0–1.
    """
    light = scene.lab[..., 0]
    rough = []
    for reach in (1.5, 4.0):
        mean, square = blurred(light, reach), blurred(light * light, reach)
        rough.append(np.log1p(np.sqrt(np.maximum(square - mean * mean, 0))))
    texture = scene.patches.mean(np.stack(rough, axis=2))
    away = _between(texture)
    near = np.exp(-(scene.far**2) / (2 * 0.3**2)) * (background * scene.patches.sizes)[None]
    return stretched((away * near).sum(axis=1) / (near.sum(axis=1) + 1e-6))
