"""From the coarse shape of the subject to a matte at the photo's own resolution."""

from collections.abc import Sequence

import cv2
import numpy as np

from tools.pipeline.matting import bands, edge, guided, own_alpha
from tools.pipeline.matting import strokes as brush
from tools.pipeline.matting.outline import shift_matte_edge
from tools.pipeline.matting.planes import (
    Mask,
    dotted,
    fit_long_side,
    mask,
    resized,
    to_float32,
    to_uint8,
)
from tools.pipeline.matting.strokes import DROP, KEEP, Stroke
from tools.pipeline.pixels import Alpha, Floats, Rgb, Rgba

# Hair and fringes are decided at this size; the guided filter's local model carries them up.
SOLVE = 1024
# Half the width of the band in which the coarse shape is not believed, relative to the long side.
REACH = 0.008


def refine_alpha(
    photo: Rgb | Rgba,
    coarse: Alpha,
    *,
    strokes: Sequence[Stroke] = (),
    softness: float = 0,
    shift: float = 0,
) -> Alpha:
    """The matte at the photo's size; `coarse` is `subject.find_subject`'s alpha, any size, same aspect.

    `softness` blurs the edge and `shift` moves it outwards (inwards if negative), both relative
    to the long side. Painted strokes are certain. Away from the edge the result is exactly 0 or
    255.
    """
    given = own_alpha.of(photo)
    if given is None:
        matte = _solved(photo[..., :3], coarse, strokes)
    else:
        matte = _painted(given.copy(), strokes)
    return shift_matte_edge(matte, softness=softness, shift=shift)


def _painted(matte: Alpha, strokes: Sequence[Stroke]) -> Alpha:
    if strokes:
        painted = brush.draw(strokes, *matte.shape)
        matte[painted == KEEP] = 255
        matte[painted == DROP] = 0
    return matte


def _solved(photo: Rgb, coarse: Alpha, strokes: Sequence[Stroke]) -> Alpha:
    small = fit_long_side(photo, SOLVE) if max(photo.shape) > SOLVE else photo
    height, width = small.shape[:2]
    painted = brush.draw(strokes, height, width)
    shape = resized(to_float32(coarse) / np.float32(255), height, width)
    shape[painted == KEEP] = 1
    shape[painted == DROP] = 0
    if shape.max() <= 0.5 or shape.min() > 0.5:
        return mask(np.full(photo.shape[:2], shape.max() > 0.5))
    reach = max(2, round(REACH * max(height, width)))
    signed = edge.signed_distance(shape)
    signed[painted == KEEP] = reach
    signed[painted == DROP] = -reach
    colours = to_float32(small) / np.float32(255)
    matte = edge.solve(colours, signed, reach)
    if small is photo:
        return to_uint8(np.round(matte * 255))
    return _lifted(photo, colours, matte)


def _lifted(photo: Rgb, small: Floats, matte: Floats) -> Alpha:
    """Carry the matte up by its local linear model of the colours, only where it is not flat."""
    height, width = photo.shape[:2]
    slope, offset = guided.coefficients(small, matte, 2, 1e-5)
    model = np.dstack([slope, offset])
    square = np.ones((5, 5), np.uint8)
    partial = to_uint8((matte > 0.004) & (matte < 0.996))
    contour = to_uint8(cv2.morphologyEx(to_uint8(matte > 0.5), cv2.MORPH_GRADIENT, square))
    uncertain = to_uint8(cv2.dilate(partial | contour, square)) > 0
    flat = mask(matte > 0.5)
    result = to_uint8(cv2.resize(flat, (width, height), interpolation=cv2.INTER_NEAREST))
    for rows in bands.split_rows(height, width):
        inside = _nearest(uncertain, (height, width), rows)
        columns = bands.touched(inside)
        if columns.start == columns.stop:
            continue
        linear = bands.lifted(model, (height, width), rows, columns)
        colours = to_float32(photo[rows, columns]) / np.float32(255)
        fine = dotted(linear[..., :3], colours) + linear[..., 3]
        values = to_uint8(np.clip(np.round(fine * 255), 0, 255))
        np.copyto(result[rows, columns], values, where=inside[:, columns])
    return result


def _nearest(small: Mask, shape: tuple[int, int], rows: slice) -> Mask:
    y = np.arange(rows.start, rows.stop) * small.shape[0] // shape[0]
    x = np.arange(shape[1]) * small.shape[1] // shape[1]
    return np.asarray(small[y][:, x])
