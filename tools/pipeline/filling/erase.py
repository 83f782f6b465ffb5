"""Something taken out of a photo, and what may have been behind it put there."""

from collections.abc import Callable
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.enhancing import colours
from tools.pipeline.filling import membrane, patchmatch, plain
from tools.pipeline.pixels import Alpha, Floats, Rgb, Rgba

Progress = Callable[[float], None]
Bools = NDArray[np.bool_]

_GROWN = 0.003  # of the long side: a painted edge leaves a rim of what it should have covered
_AROUND = 1.5  # times the hole's own size is looked at on each side
_TARGETS = 30_000  # pixels of the hole at the size that is searched
_FAST = 700  # long side at which the preview is filled


def run(
    photo: Rgb | Rgba,
    mask: Alpha,
    *,
    quality: Literal["fast", "best"] = "best",
    seed: int = 0,
    progress: Progress | None = None,
) -> Rgb | Rgba:
    """The photo without what `mask` (H, W; above 127) covers; alpha is carried through.

    Pixels outside the mask, grown by 0.3 % of the long side, are bit-identical.
    """
    rgb, alpha = colours.apart(photo)
    hole = grown(mask)
    if not hole.any() or hole.all():
        return photo
    out = rgb.copy()
    for rows, cols in _pieces(hole):
        piece, missing = np.ascontiguousarray(out[rows, cols]), hole[rows, cols]
        filled = (
            _fast(piece, missing) if quality == "fast" else best(piece, missing, seed, progress)
        )
        out[rows, cols][missing] = filled[missing]
    return colours.together(out, alpha)


def grown(mask: Alpha) -> Bools:
    radius = max(1, round(_GROWN * max(mask.shape)))
    around = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    return np.asarray(cv2.dilate((mask > 127).astype(np.uint8), around) > 0)


def best(piece: Rgb, hole: Bools, seed: int, progress: Progress | None = None) -> Rgb:
    """The hole of a piece (H, W, 3) filled: smoothly where its surroundings are, else by example."""
    rim = _ring(hole)
    backdrop = plain.fit(piece, rim)
    if backdrop is not None:
        return colours.to_bytes(
            plain.continued(backdrop, piece.astype(np.float32), hole, seed=seed)
        )
    return by_example(piece, hole, seed, progress)


def by_example(
    piece: Rgb,
    hole: Bools,
    seed: int,
    progress: Progress | None = None,
    *,
    barred: Bools | None = None,
) -> Rgb:
    """PatchMatch where the hole is small enough to search, its shifts stretched to full size.

    Nothing is taken from where `barred` is true, and the search begins with what the piece shows
    in its hole; without `barred`, with the surroundings spread over it.
    """
    full = piece.astype(np.float32)
    smooth = membrane.spread(full, ~hole) if barred is None else full
    level = patchmatch.Level(smooth, hole, hole if barred is None else hole | barred)
    scale = min(1.0, float(np.sqrt(_TARGETS / max(int(hole.sum()), 1))))
    small = level
    if scale < 1:
        small = patchmatch.resized(
            level, (max(24, round(hole.shape[1] * scale)), max(24, round(hole.shape[0] * scale)))
        )
    if not patchmatch.has_sources(small.barred):
        return colours.to_bytes(membrane.spread(full, ~hole))
    filled, match = patchmatch.fill(small, seed=seed, progress=progress)
    if scale < 1:
        down, across = (
            large / little for large, little in zip(hole.shape, small.hole.shape, strict=True)
        )
        match = patchmatch.stretch(match, hole, level.barred, down, across)
    else:
        full = filled
    return colours.to_bytes(_joined(patchmatch.voted(full, hole, match, ring=2), full, hole))


def _joined(filled: Floats, known: Floats, hole: Bools) -> Floats:
    """What is missing at the rim between the fill and the photo is spread over the hole, as in
    Perez, Gangnet and Blake, "Poisson image editing" (SIGGRAPH 2003).
    """
    ring = (cv2.dilate(hole.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0) & ~hole
    missing = np.where(ring[..., None], known - filled, 0).astype(np.float32)
    soft = (
        cv2.blur(missing, (9, 9))
        / np.maximum(cv2.blur(ring.astype(np.float32), (9, 9)), 1e-3)[..., None]
    )
    outside = ~hole & ~ring
    level = membrane.spread(np.where(ring[..., None], np.clip(soft, -24, 24), 0), ring | outside)
    return np.where(hole[..., None], filled + level, known)


def _fast(piece: Rgb, hole: Bools) -> Rgb:
    scale = min(1.0, _FAST / max(piece.shape[:2]))
    size = max(8, round(piece.shape[1] * scale)), max(8, round(piece.shape[0] * scale))
    small = cv2.resize(piece, size, interpolation=cv2.INTER_AREA)
    missing = cv2.resize(hole.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    missing = cv2.dilate(missing, np.ones((3, 3), np.uint8))
    filled = cv2.inpaint(small, missing, 4, cv2.INPAINT_TELEA)
    whole = piece.shape[1], piece.shape[0]
    return np.asarray(cv2.resize(filled, whole, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _ring(hole: Bools) -> Bools:
    """What lies around the hole, a good deal wider than its rim."""
    width = max(12, round(0.15 * float(np.sqrt(np.count_nonzero(hole)))))
    side = 2 * width + 1
    near = cv2.dilate(hole.astype(np.uint8), np.ones((side, side), np.uint8)) > 0
    return np.asarray(near & ~hole)


def _pieces(hole: Bools) -> list[tuple[slice, slice]]:
    """Each separate hole with its surroundings, so that a small one in a large photo is quick."""
    joined = cv2.dilate(hole.astype(np.uint8), np.ones((33, 33), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    pieces = []
    for number in range(1, count):
        left, top, width, height = (int(value) for value in stats[number, :4])
        margin = max(48, round(_AROUND * max(width, height)))
        pieces.append(
            (
                slice(max(0, top - margin), min(hole.shape[0], top + height + margin)),
                slice(max(0, left - margin), min(hole.shape[1], left + width + margin)),
            )
        )
    return pieces
