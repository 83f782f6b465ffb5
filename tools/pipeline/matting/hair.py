"""Hair: where the edge is soft, a network looks again, at pieces of the photo in its own pixels."""

from collections.abc import Callable, Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.matting import bands, own_alpha
from tools.pipeline.matting import strokes as brush
from tools.pipeline.matting.planes import blurred, make_disk, resized, to_float32, to_uint8
from tools.pipeline.matting.strokes import Stroke
from tools.pipeline.parallel import Progress
from tools.pipeline.pixels import Alpha, Floats, Matte, Rgb, Rgba, alpha_to_matte, drop_alpha

# What a network believes of each of some pictures: (h, w) in 0..1, squeezed into its own shape.
Segment = Callable[[Sequence[Rgb]], Sequence[Matte]]

# The long side at which it is decided where the edge is soft.
LOOK = 1024
# Partly covered over more than so many pixels there: hair, fur or a fringe, and not just an edge.
THICK = 3
# How far around that the network is asked, and over how much of it its answer fades in, there.
REACH, FADE = 8, 3.0
# At most so many pieces along the long side: a network needs to see what it looks at.
MOST_ALONG = 6
# Pieces overlap by this share of their side, and fade into each other there.
SHARED = 0.25
AT_ONCE = 4
# A piece is believed if, where the matte is sure, the network differs by less than this on average.
DIFFERENT = 0.1
# Less of a piece than this says nothing.
ENOUGH = 0.01

Piece = tuple[slice, slice]


def refine_hair(
    photo: Rgb | Rgba,
    alpha: Alpha,
    segment: Segment,
    *,
    side: int,
    strokes: Sequence[Stroke] = (),
    progress: Progress | None = None,
) -> Alpha:
    """The matte (H×W uint8) with its soft edges as the network sees them close by; the photo (H×W×3
    or H×W×4 uint8 sRGB) has its size.

    `side` is that of the network's own square: of a photo no larger it has seen all. Where it
    misses what the matte is sure of, seeing too little of the product, the matte stays as it is; so
    it does where strokes were painted, and all of it for a photo that came with its own alpha.
    """
    result = Alpha(alpha.copy())
    if max(alpha.shape) <= side or own_alpha.of(photo) is not None:
        return result
    where = soft(alpha, strokes)
    rgb = drop_alpha(photo)
    found = list(pieces(where, alpha.shape, side))
    # Of 50 MP they are large: half the precision is enough for 256 levels.
    seen, weight = np.zeros((2, *alpha.shape), np.float16)
    for start in range(0, len(found), AT_ONCE):
        some = found[start : start + AT_ONCE]
        for piece, belief in zip(some, segment([Rgb(rgb[piece]) for piece in some]), strict=True):
            note(seen[piece], weight[piece], alpha, piece, belief)
        if progress:
            progress(min(1.0, (start + AT_ONCE) / len(found)))
    for rows in bands.split_rows(*alpha.shape):
        result[rows] = merged(alpha, seen, weight, where, rows)
    return result


def soft(alpha: Alpha, strokes: Sequence[Stroke]) -> Floats:
    """How much the network has to say, 0..1, at no more than LOOK pixels a side."""
    scale = min(1.0, LOOK / max(alpha.shape))
    size = max(1, round(alpha.shape[1] * scale)), max(1, round(alpha.shape[0] * scale))
    small = cv2.resize(alpha, size, interpolation=cv2.INTER_AREA)
    partial = to_uint8((small > 8) & (small < 247))
    square = np.ones((THICK, THICK), np.uint8)
    wide = cv2.dilate(cv2.morphologyEx(partial, cv2.MORPH_OPEN, square), make_disk(REACH))
    where = blurred(to_float32(wide), FADE)
    where[brush.draw(strokes, *small.shape) != 0] = 0
    return to_float32(np.where(where < 0.01, 0, where))


def pieces(where: Floats, shape: tuple[int, ...], side: int) -> Iterator[Piece]:
    """Squares of the photo that together hold all that is soft."""
    height, width = shape[:2]
    side = max(side, -(-max(height, width) // MOST_ALONG))
    for top in starts(height, side):
        for left in starts(width, side):
            piece = slice(top, min(top + side, height)), slice(left, min(left + side, width))
            if where[scaled(piece[0], height, where.shape[0])][
                :, scaled(piece[1], width, where.shape[1])
            ].any():
                yield piece


def starts(length: int, side: int) -> list[int]:
    """Where pieces begin along an axis; the last ends with it."""
    step = max(1, round(side * (1 - SHARED)))
    return [*range(0, max(0, length - side), step), max(0, length - side)]


def scaled(span: slice, length: int, onto: int) -> slice:
    return slice(span.start * onto // length, -(-span.stop * onto // length))


def note(
    seen: NDArray[np.float16],
    weight: NDArray[np.float16],
    alpha: Alpha,
    piece: Piece,
    belief: Matte,
) -> None:
    """Add the network's answer for that piece to what was seen of it, if it can be believed."""
    rows, columns = piece
    before = alpha_to_matte(Alpha(alpha[piece]))
    now = resized(belief, *before.shape)
    for sure in (before == 0, before == 1):
        if sure.mean() > ENOUGH and float(np.abs(now - before)[sure].mean()) > DIFFERENT:
            return
    share = fading(rows, alpha.shape[0])[:, None] * fading(columns, alpha.shape[1])
    seen += share * now
    weight += share


def merged(
    alpha: Alpha,
    seen: NDArray[np.float16],
    weight: NDArray[np.float16],
    where: Floats,
    rows: slice,
) -> Alpha:
    """Rows of the result: where the network has something to say, as far as it was asked."""
    before, asked = to_float32(alpha[rows]), to_float32(weight[rows])
    share = np.minimum(asked, 1) * bands.lifted(where, alpha.shape, rows, slice(0, alpha.shape[1]))
    now = 255 * to_float32(seen[rows]) / np.maximum(asked, np.float32(0.001))
    return Alpha(to_uint8(np.clip(np.round(before + share * (now - before)), 0, 255)))


def fading(span: slice, length: int) -> Floats:
    """1 in the middle of a piece, falling off where another overlaps it; not at the photo's rim."""
    side = span.stop - span.start
    shared = max(1, round(side * SHARED))
    at = np.arange(side)
    ramp = np.ones(side, np.float32)
    if span.start > 0:
        ramp = np.minimum(ramp, (at + 0.5) / shared)
    if span.stop < length:
        ramp = np.minimum(ramp, (side - at - 0.5) / shared)
    return to_float32(np.clip(ramp, 0, 1))
