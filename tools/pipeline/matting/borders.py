"""The borders between patches: how strong an edge of the picture runs along each of them.

A white bowl on white cloth differs from it in no colour, but an edge runs all around it. Solving
on hundreds of patches takes milliseconds, so several such readings of a picture are affordable.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, dijkstra, maximum_flow

from tools.pipeline.matting.cues import Scene
from tools.pipeline.matting.planes import Mask, blurred, to_float32
from tools.pipeline.matting.superpixels import Patches
from tools.pipeline.pixels import Floats

# Capacities are whole numbers; so much of one is lost by rounding.
_PARTS = 20
# How much a pixel's odds weigh next to a pixel of border.
_INSIDE = 0.1


@dataclass(frozen=True)
class Borders:
    strengths: Floats  # (E,), mean gradient along each border, for `patches.edges`
    lengths: Floats  # (E,), pixels


def gradient(lab: Floats) -> Floats:
    """H×W float32 from 0, in Lab units a pixel, of H×W×3 Lab; over all three channels, a little
    smoothed.
    """
    total = np.zeros(lab.shape[:2], np.float32)
    for channel in cv2.split(lab):
        smooth = blurred(to_float32(channel), 0.8)
        for along in ((1, 0), (0, 1)):
            total += to_float32(cv2.Sobel(smooth, cv2.CV_32F, *along) / 8) ** 2
    return np.sqrt(total)


def measured(patches: Patches, gradient: Floats) -> Borders:
    """How strong (float32 from 0) the gradient (H×W) is along each border, and how long the border
    is, in pixels: (E,) each.
    """
    labels, count = patches.labels.astype(np.int64), patches.count
    names = patches.edges[:, 0].astype(np.int64) * count + patches.edges[:, 1]
    total, lengths = np.zeros(len(names)), np.zeros(len(names))
    for one, other in (
        (np.s_[:, :-1], np.s_[:, 1:]),
        (np.s_[:-1], np.s_[1:]),
    ):
        first, second = labels[one], labels[other]
        apart = first != second
        low, high = np.minimum(first, second)[apart], np.maximum(first, second)[apart]
        which = np.searchsorted(names, low * count + high)
        edge = np.maximum(gradient[one], gradient[other])[apart]
        total += np.bincount(which, edge, len(names))
        lengths += np.bincount(which, minlength=len(names))
    return Borders(to_float32(total / np.maximum(lengths, 1)), to_float32(lengths))


def enclosed(scene: Scene, borders: Borders) -> Floats:
    """(N,) float32 0–1: how much edge must be crossed to reach each patch from the frame
    (Dijkstra).
    """
    edges, count = scene.patches.edges, scene.patches.count
    rim = np.flatnonzero(scene.border)
    steps = np.concatenate([borders.strengths + 1e-4, np.full(len(rim), 1e-6)])
    rows = np.concatenate([edges[:, 0], np.full(len(rim), count)])
    columns = np.concatenate([edges[:, 1], rim])
    graph = csr_array((steps, (rows, columns)), shape=(count + 1, count + 1))
    crossed = dijkstra(graph, directed=False, indices=[count])[0, :count]
    return to_float32(np.clip(crossed / max(float(np.percentile(crossed, 99)), 0.1), 0, 1))


def cut(scene: Scene, borders: Borders, odds: Floats) -> Mask:
    """(N,) bool: the patches on the subject's side of the cheapest cut.

    A border costs its length, less where an edge runs along it; a patch on the wrong side costs
    its log-odds (N,), of any range, of being subject. Boykov and Jolly, ICCV 2001, on patches.
    """
    count, edges = scene.patches.count, scene.patches.edges
    if not len(edges):
        return np.asarray(odds > 0)
    softness = 1.5 * float(np.median(borders.strengths)) + 1e-3
    between = borders.lengths * np.exp(-borders.strengths / softness)
    weight = odds * scene.patches.sizes * np.float32(_INSIDE)
    inside, outside = np.flatnonzero(weight > 0), np.flatnonzero(weight <= 0)
    source, sink = count, count + 1
    rows = np.concatenate([edges[:, 0], edges[:, 1], np.full(len(inside), source), outside])
    columns = np.concatenate([edges[:, 1], edges[:, 0], inside, np.full(len(outside), sink)])
    capacity = np.concatenate([between, between, weight[inside], -weight[outside]])
    whole = np.maximum(1, np.round(capacity * _PARTS)).astype(np.int32)
    graph = csr_array((whole, (rows, columns)), shape=(count + 2, count + 2))
    left = csr_array(graph - maximum_flow(graph, source, sink).flow)
    left.data = np.maximum(left.data, 0)
    left.eliminate_zeros()
    reached = breadth_first_order(left, source, return_predecessors=False)
    found = np.zeros(count + 2, np.bool_)
    found[reached] = True
    return found[:count]
