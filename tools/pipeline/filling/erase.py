"""Something taken out of a photo, and what may have been behind it put there."""

from typing import Literal

import cv2
import numpy as np

from tools.pipeline.enhancing import colours
from tools.pipeline.filling import dilation, example, plain
from tools.pipeline.parallel import Progress
from tools.pipeline.pixels import Alpha, Mask, Rgb, Rgba

_GROWN = 0.003  # of the long side: a painted edge leaves a rim of what it should have covered
_AROUND = 1.2  # times the hole's own size is looked at on each side
_TOGETHER = 16  # pixels: holes nearer than that are filled as one
_FAST = 700  # long side at which the preview is filled


def erase_object(
    photo: Rgb | Rgba,
    mask: Alpha,
    *,
    quality: Literal["fast", "best"] = "best",
    seed: int = 0,
    progress: Progress | None = None,
) -> Rgb | Rgba:
    """The photo (H×W×3 or H×W×4 uint8 sRGB) without what `mask` (H×W uint8, above 127) covers;
    alpha is carried through.

    Pixels outside the mask, grown by 0.3 % of the long side, are bit-identical. "fast" is Telea's
    inpainting (JGT 2004); "best" continues a plain background, else fills by example.
    """
    rgb, alpha = colours.split_alpha(photo)
    hole = grown(mask)
    if not hole.any() or hole.all():
        return photo
    out = Rgb(rgb.copy())
    for rows, cols in pieces(hole):
        piece, missing = Rgb(np.ascontiguousarray(out[rows, cols])), hole[rows, cols]
        filled = (
            _fast(piece, missing) if quality == "fast" else best(piece, missing, seed, progress)
        )
        out[rows, cols][missing] = filled[missing]
    return colours.merge_alpha(out, alpha)


def grown(mask: Alpha) -> Mask:
    """Where the mask (H×W uint8) is above 127, and what lies within 0.3 % of the long side (at
    least a pixel) of it, H×W bool.
    """
    return dilation.dilate_mask(mask > 127, max(1, round(_GROWN * max(mask.shape))))


def best(piece: Rgb, hole: Mask, seed: int, progress: Progress | None = None) -> Rgb:
    """The hole of a piece (H, W, 3) filled: smoothly where its surroundings are, else by example."""
    rim = _ring(hole)
    backdrop = plain.fit(piece, rim)
    if backdrop is not None:
        return plain.continued(backdrop, piece, hole, seed=seed)
    return example.fill_by_example(piece, hole, seed=seed, progress=progress)


def _fast(piece: Rgb, hole: Mask) -> Rgb:
    scale = min(1.0, _FAST / max(piece.shape[:2]))
    size = max(8, round(piece.shape[1] * scale)), max(8, round(piece.shape[0] * scale))
    small = cv2.resize(piece, size, interpolation=cv2.INTER_AREA)
    missing = cv2.resize(hole.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    missing = cv2.dilate(missing, np.ones((3, 3), np.uint8))
    filled = cv2.inpaint(small, missing, 4, cv2.INPAINT_TELEA)
    whole = piece.shape[1], piece.shape[0]
    return Rgb(np.asarray(cv2.resize(filled, whole, interpolation=cv2.INTER_CUBIC), np.uint8))


def _ring(hole: Mask) -> Mask:
    """What lies around the hole, a good deal wider than its rim."""
    width = max(12, round(0.15 * float(np.sqrt(np.count_nonzero(hole)))))
    return dilation.dilate_mask(hole, width) & ~hole


def pieces(hole: Mask) -> list[tuple[slice, slice]]:
    """Rows and columns of each separate hole (H×W bool) with its surroundings, so that a small one
    in a large photo is quick.
    """
    joined = dilation.dilate_mask(hole, _TOGETHER).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = []
    for number in range(1, count):
        left, top, width, height = (int(value) for value in stats[number, :4])
        margin = max(48, round(_AROUND * max(width, height)))
        found.append(
            (
                slice(max(0, top - margin), min(hole.shape[0], top + height + margin)),
                slice(max(0, left - margin), min(hole.shape[1], left + width + margin)),
            )
        )
    return found
