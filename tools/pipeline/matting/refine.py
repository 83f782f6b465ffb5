"""From the coarse shape of the subject to a matte at the photo's own resolution."""

from collections.abc import Mapping, Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

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
from tools.pipeline.pixels import (
    Alpha,
    Floats,
    Matte,
    Rgb,
    Rgba,
    alpha_to_matte,
    drop_alpha,
    matte_to_alpha,
)

# Hair and fringes are decided at this size; the guided filter's local model carries them up.
SOLVE = 1024
# Half the width of the band in which the coarse shape is not believed, relative to the long side.
REACH = 0.008


def refine_alpha(
    photo: Rgb | Rgba, coarse: Alpha, *, softness: float = 0, shift: float = 0
) -> Alpha:
    """The matte, H×W uint8, at the size of the photo (H×W×3 or H×W×4 uint8 sRGB); `coarse` is
    `subject.find_subject`'s alpha (h×w uint8), any size, same aspect.

    `softness` blurs the edge and `shift` moves it outwards (inwards if negative), both relative
    to the long side. Away from the edge the result is exactly 0 or 255.
    """
    given = own_alpha.of(photo)
    matte = _solved(drop_alpha(photo), coarse) if given is None else Alpha(given.copy())
    return shift_matte_edge(matte, softness=softness, shift=shift)


def retouch_alpha(
    photo: Rgb | Rgba, before: Alpha, brushed: Mapping[str, Any], *, strokes: Sequence[Stroke]
) -> Alpha:
    """The matte `before` (H×W uint8), at the size of the photo (H×W×3 or H×W×4 uint8 sRGB), with
    the edge of a shape as `brushing.reshape_matte` gives it, where that is near what was brushed;
    everywhere else to the bit as it was.

    What strokes painted is certain. A photo with an alpha of its own is changed there alone.
    """
    if own_alpha.of(photo) is not None:
        return _painted(Alpha(before.copy()), strokes)
    picture = drop_alpha(photo)
    small = _small(picture)
    height, width = small.shape[:2]
    share = resized(alpha_to_matte(brushed["near"]), height, width)
    painted = brush.draw(strokes, height, width)
    shape = resized(alpha_to_matte(brushed["alpha"]), height, width)
    shape[painted == KEEP] = 1
    shape[painted == DROP] = 0
    part = bands.find_bounding_box(share > 0, 4 * _reach(small))
    matte = np.zeros_like(shape)
    matte[part] = _edged(Rgb(small[part]), shape[part], painted[part], _reach(small))
    model, uncertain = np.zeros((*shape.shape, 4), np.float32), np.zeros(shape.shape, np.bool_)
    if small is not picture and matte[part].size:
        model[part], uncertain[part] = _modelled(Rgb(small[part]), matte[part])
        uncertain &= painted == 0
    return _laid(picture, before, share, (matte, model, uncertain))


def _painted(matte: Alpha, strokes: Sequence[Stroke]) -> Alpha:
    painted = brush.draw(strokes, *matte.shape)
    matte[painted == KEEP] = 255
    matte[painted == DROP] = 0
    return matte


def _small(photo: Rgb) -> Rgb:
    return fit_long_side(photo, SOLVE) if max(photo.shape) > SOLVE else photo


def _reach(small: Rgb) -> int:
    return max(2, round(REACH * int(max(small.shape))))


def _solved(photo: Rgb, coarse: Alpha) -> Alpha:
    small = _small(photo)
    shape = resized(alpha_to_matte(coarse), *small.shape[:2])
    if shape.max() <= 0.5 or shape.min() > 0.5:
        return mask(np.full(photo.shape[:2], shape.max() > 0.5))
    matte = _edged(small, shape, np.zeros(shape.shape, np.int8), _reach(small))
    if small is photo:
        return matte_to_alpha(matte)
    return _lifted(photo, small, matte)


def _edged(small: Rgb, shape: Floats, painted: NDArray[np.int8], reach: int) -> Matte:
    if not shape.size or shape.max() <= 0.5 or shape.min() > 0.5:
        return Matte(to_float32(shape > 0.5))
    signed = edge.signed_distance(shape)
    signed[painted == KEEP] = reach
    signed[painted == DROP] = -reach
    return edge.solve(to_float32(small) / np.float32(255), signed, reach)


def _modelled(small: Rgb, matte: Floats) -> tuple[Floats, Mask]:
    """The matte's local linear model of the colours, (H, W, 4), and where it is not flat."""
    slope, offset = guided.coefficients(to_float32(small) / np.float32(255), matte, 2, 1e-5)
    square = np.ones((5, 5), np.uint8)
    partial = to_uint8((matte > 0.004) & (matte < 0.996))
    contour = to_uint8(cv2.morphologyEx(to_uint8(matte > 0.5), cv2.MORPH_GRADIENT, square))
    uncertain = to_uint8(cv2.dilate(partial | contour, square)) > 0
    return np.dstack([slope, offset]), uncertain


def _lifted(photo: Rgb, small: Rgb, matte: Floats) -> Alpha:
    """Carry the matte up by its model, only where it is not flat."""
    height, width = photo.shape[:2]
    model, uncertain = _modelled(small, matte)
    flat = mask(matte > 0.5)
    result = Alpha(to_uint8(cv2.resize(flat, (width, height), interpolation=cv2.INTER_NEAREST)))
    for rows in bands.split_rows(height, width):
        inside = _nearest(uncertain, (height, width), rows)
        columns = bands.touched(inside)
        if columns.start == columns.stop:
            continue
        values = _fine(photo, model, rows, columns)
        np.copyto(result[rows, columns], to_uint8(values), where=inside[:, columns])
    return result


def _laid(photo: Rgb, before: Alpha, share: Floats, solved: tuple[Floats, Floats, Mask]) -> Alpha:
    """The matte before, and over it, as far as the share says (0..1), a small matte: itself, or its
    model where that is not flat.
    """
    shape = photo.shape[0], photo.shape[1]
    matte, model, uncertain = solved
    result = Alpha(before.copy())
    for rows in bands.split_rows(*shape):
        columns = bands.touched(_nearest(share > 0, shape, rows))
        if columns.start == columns.stop:
            continue
        flat = to_uint8(np.round(bands.lifted(matte, shape, rows, columns) * 255))
        if matte.shape != shape:
            flat = mask(_nearest(matte > 0.5, shape, rows)[:, columns])
        unsure = _nearest(uncertain, shape, rows)[:, columns]
        now = np.where(unsure, _fine(photo, model, rows, columns), to_float32(flat))
        was = to_float32(before[rows, columns])
        far = bands.lifted(share, shape, rows, columns)
        result[rows, columns] = to_uint8(np.round(was + far * (now - was)))
    return result


def _fine(photo: Rgb, model: Floats, rows: slice, columns: slice) -> Floats:
    """The model's matte of the photo's own colours, whole numbers of 0..255."""
    linear = bands.lifted(model, (photo.shape[0], photo.shape[1]), rows, columns)
    colours = to_float32(photo[rows, columns]) / np.float32(255)
    fine = dotted(linear[..., :3], colours) + linear[..., 3]
    return to_float32(np.clip(np.round(fine * 255), 0, 255))


def _nearest(small: Mask, shape: tuple[int, int], rows: slice) -> Mask:
    y = np.arange(rows.start, rows.stop) * small.shape[0] // shape[0]
    x = np.arange(shape[1]) * small.shape[1] // shape[1]
    return np.asarray(small[y][:, x])
