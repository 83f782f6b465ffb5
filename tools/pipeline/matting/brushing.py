"""What a stroke changes of a shape: a region grown from it, stopped at edges, and nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any

import cv2
import numpy as np

from tools.pipeline.matting import bands, own_alpha, segmentation
from tools.pipeline.matting import outline_confidence as outlines
from tools.pipeline.matting import strokes as brush
from tools.pipeline.matting.planes import (
    Mask,
    fit_long_side,
    make_disk,
    resized,
    to_float32,
    to_uint8,
)
from tools.pipeline.matting.refine import REACH
from tools.pipeline.matting.strokes import Stroke
from tools.pipeline.pixels import Alpha, Rgb, Rgba, crop, drop_alpha

# The long side at which shapes are brushed.
WORKING = 1024
# What surrounds a stroke is looked at in no more pixels than these: GrabCut of that takes some
# hundredths of a second. Of 64 photographs, one stroke into what is most wrong with each of
# them made none worse; so it does at any spread up to 0.06, and from 0.12 on it spoils some.
LOOK = 36_000
# Beyond the shape's change its edge is solved anew so far, and fades into the old one over the rim.
RIM = 4
# A stroke of which less than this lies on what it changes only trims: a finger that erases the
# ground along a sole, and slips onto it, does not mean the sole.
MEANT = 0.5
# A tap for a whole thing begins with what is near it and, in Lab, no farther than this and twice the
# spread of its own colours.
ALIKE = 6.0


def reshape_matte(
    photo: Rgb | Rgba, found: Mapping[str, Any], *, strokes: Sequence[Stroke]
) -> dict[str, Any]:
    """{"alpha", "near", "empty"} of a photo (H×W×3 or H×W×4 uint8 sRGB): a shape (h×w uint8), and
    how far it stands for the matte (h×w uint8), 255 where something may have changed and 0 beyond; with the
    "outline" of what was found, if that had one, as it is by hand.

    `found` as `subject.find_subject`, or this very function, gave it. Strokes are taken one after
    the other. A Keep only ever adds and an Erase only ever takes away, each no farther beyond its
    paint than `strokes.reach` and the width of an edge. Of a photo with its own alpha only the
    paint changes.
    """
    picture = drop_alpha(photo)
    small = fit_long_side(picture, WORKING) if max(photo.shape[:2]) > WORKING else picture
    height, width = small.shape[:2]
    alpha = to_uint8(np.round(resized(to_float32(found["alpha"]), height, width)))
    near = found.get("near")
    near = np.zeros_like(alpha) if near is None else near.copy()
    grows = own_alpha.of(photo) is None
    for stroke in strokes:
        paint = brush.draw([stroke], height, width) != 0
        if paint.any():
            changed = spread(small, alpha > 127, paint, stroke) if grows else paint
            alpha[changed] = 255 if stroke["keep"] else 0
            near = np.maximum(near, _around(changed, max(height, width)))
    said = {"outline": found["outline"]} if "outline" in found else {}
    if said and near.any():
        said = {"outline": outlines.brushed_by_hand(found["outline"], Alpha(near))}
    return {"alpha": alpha, "near": near, "empty": not bool((alpha > 127).any()), **said}


def spread(picture: Rgb, shape: Mask, paint: Mask, stroke: Stroke) -> Mask:
    """(H, W): the paint, and what it is to change of the shape around it.

    GrabCut on what lies around, all of it held as it is but what could change: so both sides'
    colours are known, and a cut follows edges. What does not hang together with paint that changes
    something stays; so does all around a stroke that says little more than was known.
    """
    new = paint & (shape != stroke["keep"])
    if np.count_nonzero(new) < MEANT * np.count_nonzero(paint):
        return paint
    reach = max(1, round(brush.reach(stroke) * max(shape.shape)))
    whole = bool(stroke.get("whole"))
    if whole and not stroke["keep"] and (lone := _apart(shape, paint)) is not None:
        return lone | paint
    part = bands.find_bounding_box(paint, 2 * reach)
    near, room = _looked_at(crop(picture, part)), _within(paint[part], reach)
    size = near.shape[1], near.shape[0]
    painted, new = _covered(paint[part], size), _covered(new[part], size)
    same = _shrunk(shape[part] == stroke["keep"], size)
    free = _shrunk(room, size) & ~same & ~painted
    # From the stroke's point of view: what it is like, and what may become so.
    seeds = np.where(same | painted, cv2.GC_FGD, cv2.GC_BGD).astype(np.uint8)
    seeds[free] = cv2.GC_PR_BGD
    if whole:
        begun = _within(painted, round(brush.NEAREST * max(size)))
        seeds[free & begun & _alike(near, painted)] = cv2.GC_PR_FGD
    nothing = np.zeros(same.shape, np.int8)
    won = segmentation.cut(near, seeds, nothing, rounds=1) & (free | painted)
    won = _touching(won, new)
    changed = np.zeros_like(shape)
    rows, columns = room.shape
    changed[part] = (resized(to_float32(won), rows, columns) > 0.5) & room
    return np.asarray((changed & (shape != stroke["keep"])) | paint)


def _apart(shape: Mask, paint: Mask) -> Mask | None:
    """The part of the shape that was painted, where it is one for itself and not the main one."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(to_uint8(shape))
    touched = np.unique(labels[paint & shape])
    if not len(touched):
        return None
    areas = stats[:, cv2.CC_STAT_AREA].copy()
    areas[0] = 0
    return None if areas.argmax() in touched else np.asarray(np.isin(labels, touched))


def _looked_at(picture: Rgb) -> Rgb:
    height, width = picture.shape[:2]
    scale = (LOOK / (height * width)) ** 0.5
    small = fit_long_side(picture, round(scale * max(height, width))) if scale < 1 else picture
    return Rgb(np.ascontiguousarray(small))


def _covered(paint: Mask, size: tuple[int, int]) -> Mask:
    """Where most is paint, or, of a stroke too thin for that, where there is most of it."""
    share = to_float32(cv2.resize(to_float32(paint), size, interpolation=cv2.INTER_AREA))
    return np.asarray(share > min(0.5, 0.9 * float(share.max())))


def _within(paint: Mask, reach: int) -> Mask:
    away = to_float32(cv2.distanceTransform(to_uint8(~paint), cv2.DIST_L2, 5))
    return np.asarray(away <= reach)


def _shrunk(plane: Mask, size: tuple[int, int]) -> Mask:
    return to_uint8(cv2.resize(to_uint8(plane), size, interpolation=cv2.INTER_NEAREST)) > 0


def _alike(picture: Rgb, painted: Mask) -> Mask:
    """What hangs together with the paint and has about its colours."""
    lab = to_float32(cv2.cvtColor(to_float32(picture) / np.float32(255), cv2.COLOR_RGB2LAB))
    colours = lab[painted]
    apart = np.linalg.norm(lab - np.median(colours, axis=0), axis=2)
    usual = float(np.median(apart[painted]))
    return _touching((apart < ALIKE + 2 * usual) | painted, painted)


def _touching(won: Mask, new: Mask) -> Mask:
    count, labels = cv2.connectedComponents(to_uint8(won), connectivity=4)
    kept = np.zeros(count, np.bool_)
    kept[labels[new]] = True
    kept[0] = False
    return np.asarray(kept[labels])


def _around(changed: Mask, side: int) -> Alpha:
    """255 where the matte's edge follows the change, falling to 0 over the rim."""
    wide = to_uint8(cv2.dilate(to_uint8(changed), make_disk(max(2, round(REACH * side)) + RIM)))
    depth = to_float32(cv2.distanceTransform(np.pad(wide, 1, mode="edge"), cv2.DIST_L2, 3))
    return Alpha(to_uint8(np.clip(depth[1:-1, 1:-1] / RIM, 0, 1) * 255))
