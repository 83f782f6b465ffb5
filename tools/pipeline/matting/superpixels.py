"""Superpixels: patches of one colour that follow edges, so that cues are taken on hundreds of
patches instead of on every pixel."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from tools.pipeline.pixels import Floats

Labels = NDArray[np.int32]


@dataclass(frozen=True)
class Patches:
    """A picture cut into `count` patches."""

    labels: Labels  # (H, W), 0..count-1
    edges: NDArray[np.int32]  # (E, 2), pairs of patches that touch, smaller first
    sizes: Floats  # (count,), pixels

    @property
    def count(self) -> int:
        return len(self.sizes)

    def mean(self, plane: Floats) -> Floats:
        """Average a plane (H, W) or (H, W, C) over each patch."""
        flat = plane.reshape(self.labels.size, -1)
        where = self.labels.ravel()
        sums = [np.bincount(where, channel, self.count) for channel in flat.T]
        means = np.stack(sums, axis=1) / self.sizes[:, None]
        return means.reshape(self.count, *plane.shape[2:]).astype(np.float32)

    def border_lengths(self) -> Floats:
        """How many pixels of each patch lie on the frame of the picture, (count,)."""
        frame = (self.labels[0], self.labels[-1], self.labels[1:-1, 0], self.labels[1:-1, -1])
        return np.bincount(np.concatenate(frame), minlength=self.count).astype(np.float32)


def slic(lab: Floats, cell: int, *, compactness: float = 10.0, rounds: int = 5) -> Patches:
    """Cut a Lab picture (H×W×3; L 0–100) into patches of about cell by cell pixels.

    SLIC (Achanta et al., PAMI 2012). A pixel looks only at the 3 by 3 cells around it, so one
    round is nine whole-picture broadcasts.
    """
    height, width = lab.shape[:2]
    rows, columns = max(1, -(-height // cell)), max(1, -(-width // cell))
    pad = ((0, rows * cell - height), (0, columns * cell - width))
    y, x = np.mgrid[: rows * cell, : columns * cell].astype(np.float32) * (compactness / cell)
    colours = np.pad(lab, (*pad, (0, 0)), mode="edge")
    features = np.concatenate([colours, y[..., None], x[..., None]], axis=2)
    blocks = features.reshape(rows, cell, columns, cell, 5)
    centres = blocks.mean(axis=(1, 3))
    home = np.arange(rows * columns, dtype=np.int32).reshape(rows, columns)
    labels = np.zeros(features.shape[:2], np.int32)
    for _ in range(rounds):
        labels = _nearest(blocks, centres, home).reshape(labels.shape)
        centres = _centres(features, labels, centres)
    return _connected(labels[:height, :width], lab, smallest=cell * cell // 4)


def _nearest(blocks: Floats, centres: Floats, home: Labels) -> Labels:
    rows, columns = home.shape
    best = np.full(blocks.shape[:4], np.inf, np.float32)
    label = np.zeros(blocks.shape[:4], np.int32)
    framed = np.pad(centres, ((1, 1), (1, 1), (0, 0)), constant_values=np.float32(1e4))
    names = np.pad(home, 1)
    for dy in range(3):
        for dx in range(3):
            near = framed[dy : dy + rows, dx : dx + columns][:, None, :, None]
            name = names[dy : dy + rows, dx : dx + columns][:, None, :, None]
            away = blocks - near
            distance = np.einsum("abcde,abcde->abcd", away, away)
            closer = distance < best
            np.copyto(best, distance, where=closer)
            np.copyto(label, name, where=closer)
    return label


def _centres(features: Floats, labels: Labels, before: Floats) -> Floats:
    where, count = labels.ravel(), before.shape[0] * before.shape[1]
    sizes = np.bincount(where, minlength=count)
    flat = features.reshape(-1, 5)
    sums = np.stack([np.bincount(where, channel, count) for channel in flat.T], axis=1)
    kept = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], before.reshape(-1, 5))
    return kept.astype(np.float32).reshape(before.shape)


def _connected(labels: Labels, lab: Floats, smallest: int) -> Patches:
    """Split patches that fell apart; give crumbs to the touching patch nearest in colour."""
    pieces = _pieces(labels)
    for _ in range(8):
        patches = patches_of(pieces)
        crumbs = patches.sizes < smallest
        if not crumbs.any() or patches.count == 1:
            break
        colour = patches.mean(lab)
        pairs = np.concatenate([patches.edges, patches.edges[:, ::-1]])
        pairs = pairs[crumbs[pairs[:, 0]]]
        # Only into something bigger (ties by number), so that two crumbs never swap places.
        rank = patches.sizes + np.arange(patches.count) / patches.count / 2
        pairs = pairs[rank[pairs[:, 1]] > rank[pairs[:, 0]]]
        away = np.linalg.norm(colour[pairs[:, 0]] - colour[pairs[:, 1]], axis=1)
        order = np.argsort(-away, kind="stable")
        into = np.arange(patches.count, dtype=np.int32)
        into[pairs[order, 0]] = pairs[order, 1]
        pieces = into[patches.labels]
    return patches_of(pieces)


def _pieces(labels: Labels) -> Labels:
    names = np.arange(labels.size).reshape(labels.shape)
    across = labels[:, :-1] == labels[:, 1:]
    down = labels[:-1] == labels[1:]
    one = np.concatenate([names[:, :-1][across], names[:-1][down]])
    other = np.concatenate([names[:, 1:][across], names[1:][down]])
    ones = np.ones(len(one), np.int8)
    graph = coo_matrix((ones, (one, other)), shape=(labels.size, labels.size))
    return connected_components(graph, directed=False)[1].reshape(labels.shape).astype(np.int32)


def patches_of(labels: Labels) -> Patches:
    """Read patches from a map whose numbers may have gaps."""
    present = np.bincount(labels.ravel()) > 0
    dense = (np.cumsum(present) - 1).astype(np.int32)[labels]
    count = int(present.sum())
    sides = [
        np.stack([dense[:, :-1].ravel(), dense[:, 1:].ravel()], axis=1),
        np.stack([dense[:-1].ravel(), dense[1:].ravel()], axis=1),
    ]
    pairs = np.sort(np.concatenate(sides), axis=1)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    codes = np.unique(pairs[:, 0].astype(np.int64) * count + pairs[:, 1])
    edges = np.stack([codes // count, codes % count], axis=1).astype(np.int32)
    sizes = np.bincount(dense.ravel(), minlength=count).astype(np.float32)
    return Patches(dense, edges, sizes)
