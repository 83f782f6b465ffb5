"""Pictures that a model has drawn anew: where the product went, what became of it, and the product
itself put back.
"""

from collections.abc import Mapping
from math import ceil, log, sqrt
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline import fidelity, structure
from tools.pipeline.filling import dilation, membrane
from tools.pipeline.matting import bands
from tools.pipeline.pixels import (
    Alpha,
    Floats,
    Octets,
    Rgb,
    Rgba,
    drop_alpha,
    is_rgb,
    is_rgba,
    mask_to_alpha,
    take_alpha,
    to_grey,
)

# The long side at which the product is looked for.
LOOK = 640
# A product that moved farther, or was made larger or smaller than this, was not kept.
FARTHEST = 0.15
SCALES = (0.75, 1.33)
ROUNDS, PRECISION = 100, 1e-6
SIZES = (1.0, 0.8, 0.87, 0.93, 1.07, 1.15, 1.25)
# Levels by which a size must be better than the photo's own, for each e-fold of it.
OTHER_SIZE = 10.0
# Pixels beyond the product that are compared as well.
RIM = 6
SOFT = 1.2
# An edge's place is known no better.
PIXEL = 1.0
# The same product in other light is at most so much brighter, and so much redder or bluer.
BRIGHTER, TINTED = 1.35, 1.08
# Of the long side: so far beyond the product the drawn one may look out from behind it.
GHOST = 0.004
# What a photo with alpha stands on while a model looks at it.
GROUND = 255


def flatten_on_white(photo: Rgb | Rgba) -> Rgb:
    """The photo as a model is shown it, H×W×3 uint8 sRGB: what is clear (H×W×4) is white."""
    if is_rgb(photo):
        return photo
    share = photo[..., 3:].astype(np.uint16)
    mixed = drop_alpha(photo) * share + GROUND * (255 - share)
    return Rgb(((mixed + 127) // 255).astype(np.uint8))


def register_drawing(photo: Rgb, alpha: Alpha, drawn: Rgb) -> Rgb | None:
    """The drawn picture moved so that its product lies where the photo's does; None where it is
    not found. Both are H×W×3 uint8 sRGB of one size, alpha is H×W uint8.

    Enhanced correlation (Evangelidis and Psarakis, PAMI 2008) of the product, begun where a
    smaller or larger copy of it is found.
    """
    height, width = alpha.shape
    scale = min(1.0, LOOK / max(height, width))
    size = max(8, round(width * scale)), max(8, round(height * scale))
    own, seen, share = (
        np.asarray(cv2.resize(each, size, interpolation=cv2.INTER_AREA), np.uint8)
        for each in (photo, drawn, alpha)
    )
    move = found(Rgb(own), Rgb(seen), mask_to_alpha(share > 127))
    if move is None:
        return None
    move[:, 2] /= scale
    return laid_back(drawn, move)


def found(own: Rgb, seen: Rgb, mask: Alpha) -> NDArray[np.float32] | None:
    """The affine map (2, 3) from the photo's pixels to the drawn picture's."""
    if not mask.any():
        return None
    # Its outline tells of size and turn, where the inside may be plain.
    wide = np.asarray(cv2.dilate(mask, np.ones((2 * RIM + 1, 2 * RIM + 1), np.uint8)))
    criteria = cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, ROUNDS, PRECISION
    begun = glimpsed(own, seen, mask)
    moves = [np.eye(2, 3, dtype=np.float32), begun.copy()]
    first, second = (to_grey(picture) for picture in (own, seen))
    try:
        _, refined = cv2.findTransformECC(
            first, second, begun, cv2.MOTION_AFFINE, criteria, wide, 5
        )
        moves.append(np.asarray(refined, np.float32))
    except cv2.error:
        # It does not converge where there is nothing alike; then a rough place has to do.
        pass
    # New surroundings at the rim may have led it astray.
    best = min(moves, key=lambda move: off(own, seen, mask, move))
    return best if is_near(best, mask) else None


def off(own: Rgb, seen: Rgb, mask: Alpha, move: NDArray[np.float32]) -> float:
    """How far the product is, in levels, from what lies there after the move."""
    inside = mask > 0
    here, there = (each[inside].astype(np.float32) for each in (own, laid_back(seen, move)))
    # Brighter or darker as a whole is no other place.
    return float(np.abs((here - here.mean()) - (there - there.mean())).mean())


def laid_back(picture: Rgb, move: NDArray[np.float32]) -> Rgb:
    """The picture as it lies when what the map points at comes to where the map begins."""
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    size = picture.shape[1], picture.shape[0]
    how = cv2.BORDER_REFLECT_101
    moved = cv2.warpAffine(picture, move, size, flags=flags, borderMode=how)
    return Rgb(np.asarray(moved, np.uint8))


def is_near(move: NDArray[np.float32], mask: NDArray[np.uint8]) -> bool:
    down, across = np.nonzero(mask)
    centre = np.array([across.mean(), down.mean(), 1], np.float32)
    shift = np.abs(move @ centre - centre[:2]).max() / max(mask.shape)
    grown = float(abs(np.linalg.det(move[:, :2]))) ** 0.5
    return bool(shift <= FARTHEST and SCALES[0] <= grown <= SCALES[1])


def glimpsed(own: Rgb, seen: Rgb, mask: Alpha) -> NDArray[np.float32]:
    """Where the product is, in one of a few sizes, as well as a template can say."""
    rows, columns = bands.find_bounding_box(mask > 0, 0)
    reach = round(FARTHEST * max(mask.shape))
    top, left = max(0, rows.start - reach), max(0, columns.start - reach)
    around = seen[top : rows.stop + reach, left : columns.stop + reach]
    least, move = np.inf, np.eye(2, 3, dtype=np.float32)
    for size in SIZES:
        template, shape = (
            np.asarray(cv2.resize(each[rows, columns], None, fx=size, fy=size, interpolation=how))
            for each, how in ((own, cv2.INTER_LINEAR), (mask, cv2.INTER_NEAREST))
        )
        if (np.asarray(template.shape[:2]) > around.shape[:2]).any():
            continue
        inside = (shape > 0).astype(np.uint8)
        match = cv2.matchTemplate(around, template, cv2.TM_SQDIFF, mask=inside)
        best, _, place, _ = cv2.minMaxLoc(match)
        levels = sqrt(max(0.0, float(best)) / max(1, int(inside.sum())))
        # A smaller copy of something plain fits into it anywhere.
        score = levels + OTHER_SIZE * abs(log(size))
        if score < least:
            least = score
            shift = left + place[0] - size * columns.start, top + place[1] - size * rows.start
            move = np.array([[size, 0, shift[0]], [0, size, shift[1]]], np.float32)
    return move


def measure_product_kept(photo: Rgb, alpha: Alpha, drawn: Rgb) -> dict[str, Any]:
    """Fidelity's figures of the product in a registered picture, with its verdict, and "worst":
    how much of what is allowed the measure takes that comes nearest to its bound (1 is all). Both
    pictures are H×W×3 uint8 sRGB, alpha is H×W uint8.

    Both are softened by SOFT pixels first: grain and the sharpness of an edge are lost on every
    way through a model. "light" is what the new surroundings did to each channel, which is taken
    out as far as BRIGHTER and TINTED allow: neither says whether it is still the same product.
    """
    height, width = alpha.shape
    # Where softening has brought in the surroundings there is nothing to compare.
    reach = 2 * ceil(2 * SOFT) + 1
    window = np.ones((reach, reach), np.uint8)
    inner = Alpha(np.asarray(cv2.erode(alpha, window, borderValue=255), np.uint8))
    compared = inner if (inner == 255).any() else alpha
    core = compared == 255
    own, other = (softened(picture) for picture in (photo, drawn))
    light = lit(own[core], other[core])
    other = Rgb(np.clip(np.rint(other / light), 0, 255).astype(np.uint8))
    where = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    figures = fidelity.compare_product(own, compared, other, where)
    del figures["map"]
    if core.any():
        part = bands.find_bounding_box(core, RIM)
        first, second = (to_grey(Rgb(each[part])) for each in (own, other))
        moved = structure.edge_shift(first, np.where(core[part], second, first))
        figures["edge_shift"] = max(0.0, moved - PIXEL) / max(first.shape)
    figures["light"] = [round(float(value), 3) for value in light]
    bounds = fidelity.CLOSE
    taken = [figures[name] / getattr(bounds, name) for name in ("mean", "high", "edge_shift")]
    taken.append((1 - figures["ssim"]) / (1 - bounds.ssim))
    return {**figures, **fidelity.verdict(figures, "close"), "worst": max(taken)}


def softened(picture: Rgb) -> Rgb:
    return Rgb(np.asarray(cv2.GaussianBlur(picture, (0, 0), SOFT), np.uint8))


def lit(own: Octets, other: Octets) -> Floats:
    """By how much each channel of the product's pixels (N, 3) was multiplied, within bounds."""
    first, second = own.astype(np.float64), other.astype(np.float64)
    times = (first * second).sum(axis=0) / np.maximum((first * first).sum(axis=0), 1)
    grey = float(np.clip(times.mean(), 1 / BRIGHTER, BRIGHTER))
    return np.asarray(grey * np.clip(times / grey, 1 / TINTED, TINTED), np.float32)


def restore_product(photo: Rgb | Rgba, alpha: Alpha, own: Rgb, edited: Mapping[str, Any]) -> Rgb:
    """The product's own pixels over the surroundings that a model drew, H×W×3 uint8 sRGB at the
    size of the photo (H×W×3 or H×W×4) and its alpha (H×W uint8).

    Bit for bit the photo's where alpha is 255; at the soft edge `own`, the product's colours
    without the old background, over the new one.
    """
    height, width = alpha.shape
    behind = remove_ghost(edited["image"], alpha)
    large = cv2.resize(behind, (width, height), interpolation=cv2.INTER_CUBIC)
    out = Rgb(np.asarray(large, np.uint8))
    if is_rgba(photo):
        # Where the photo itself was clear there is nothing of its own to put back.
        alpha = Alpha(np.minimum(alpha, take_alpha(photo)))
    for rows in bands.split_rows(height, width):
        share = alpha[rows][..., None].astype(np.float32) / 255
        if not share.any():
            continue
        mixed = np.rint(own[rows] * share + out[rows] * (1 - share)).astype(np.uint8)
        out[rows] = np.where(share == 1, photo[rows, :, :3], mixed)
    return out


def remove_ghost(drawn: Rgb, alpha: Alpha) -> Rgb:
    """The drawn picture, H×W×3 uint8 sRGB, with its surroundings going on underneath the product
    and at its rim, so that nothing of the drawn product shows beside the true one. `alpha` is H×W
    uint8 of any size.
    """
    height, width = drawn.shape[:2]
    share = cv2.resize(alpha, (width, height), interpolation=cv2.INTER_AREA)
    hidden = dilation.dilate_mask(np.asarray(share > 0), max(2.0, GHOST * max(height, width)))
    if hidden.all() or not hidden.any():
        return drawn
    part = bands.find_bounding_box(hidden, 2 * RIM)
    out = Rgb(drawn.copy())
    values: Floats = drawn[part].astype(np.float32)
    filled = membrane.interpolate_membrane(values, ~hidden[part])
    out[part] = np.clip(np.rint(filled), 0, 255).astype(np.uint8)
    return out
