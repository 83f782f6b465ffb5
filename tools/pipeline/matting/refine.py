"""From the coarse shape of the subject to a matte at the photo's own resolution."""

from collections.abc import Sequence

import cv2
import numpy as np

from tools.pipeline.matting import bands, edge, guided, own_alpha
from tools.pipeline.matting import strokes as brush
from tools.pipeline.matting.strokes import Stroke
from tools.pipeline.pixels import Alpha, Floats, Rgb, Rgba

# Hair and fringes are decided at this size; the guided filter's local model carries them up.
SOLVE_SIDE = 1024
# Half the width of the band in which the coarse shape is not believed, relative to the long side.
REACH = 0.011


def alpha(
    photo: Rgb | Rgba,
    coarse: Alpha,
    *,
    strokes: Sequence[Stroke] = (),
    softness: float = 0,
    shift: float = 0,
) -> Alpha:
    """The matte at the photo's size; `coarse` is `subject.find`'s alpha, any size, same aspect.

    `softness` is the blur of the edge and `shift` moves it outwards (inwards if negative), both
    relative to the long side. Painted strokes are certain. Outside the uncertain band the result
    is exactly 0 or 255.
    """
    given = own_alpha.of(photo)
    matte = given.copy() if given is not None else _solved(photo[..., :3], coarse, strokes)
    if given is not None:
        painted = brush.draw(strokes, *matte.shape) if strokes else None
        if painted is not None:
            matte[painted == brush.DROP] = 0
    return _moved(matte, softness, shift)


def _solved(photo: Rgb, coarse: Alpha, strokes: Sequence[Stroke]) -> Alpha:
    height, width = photo.shape[:2]
    scale = min(1.0, SOLVE_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(photo, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    shape = cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR).astype(np.float32) / 255
    painted = brush.draw(strokes, size[1], size[0])
    shape[painted == brush.KEEP] = 1
    shape[painted == brush.DROP] = 0
    reach = max(2, round(REACH * max(size)))
    signed = edge.signed_distance(shape)
    signed[painted == brush.KEEP] = reach + 1
    signed[painted == brush.DROP] = -reach - 1
    matte = edge.solve(small, shape, signed, reach)
    if scale == 1.0:
        return np.round(matte * 255).astype(np.uint8)
    return _lifted(photo, small, matte)


def _lifted(photo: Rgb, small: Floats, matte: Floats) -> Alpha:
    """Carry the matte up by its local linear model of the colours, only where it is not flat."""
    height, width = photo.shape[:2]
    slope, offset = guided.coefficients(small, matte, 2, 1e-5)
    model = np.dstack([slope, offset])
    uncertain = cv2.dilate(
        ((matte > 0.004) & (matte < 0.996)).astype(np.uint8), np.ones((5, 5), np.uint8)
    )
    uncertain |= cv2.morphologyEx(
        (matte > 0.5).astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((5, 5), np.uint8)
    )
    result = cv2.resize(
        (matte > 0.5).astype(np.uint8) * 255, (width, height), interpolation=cv2.INTER_NEAREST
    )
    for rows in bands.rows(height):
        inside = _nearest(uncertain, (height, width), rows)
        columns = bands.touched(inside)
        if columns.start == columns.stop:
            continue
        linear = bands.lifted(model, (height, width), rows, columns)
        colours = photo[rows, columns].astype(np.float32) / 255
        fine = (linear[..., :3] * colours).sum(axis=2) + linear[..., 3]
        values = np.clip(np.round(fine * 255), 0, 255).astype(np.uint8)
        np.copyto(result[rows, columns], values, where=inside[:, columns] > 0)
    return result


def _nearest(small: np.ndarray, shape: tuple[int, int], rows: slice) -> np.ndarray:
    y = (np.arange(rows.start, rows.stop) * small.shape[0] // shape[0]).astype(np.intp)
    x = (np.arange(shape[1]) * small.shape[1] // shape[1]).astype(np.intp)
    return small[y][:, x]


def _moved(matte: Alpha, softness: float, shift: float) -> Alpha:
    side = max(matte.shape)
    steps = round(abs(shift) * side)
    if steps:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * steps + 1, 2 * steps + 1))
        move = cv2.dilate if shift > 0 else cv2.erode
        matte = np.asarray(move(matte, kernel))
    sigma = softness * side
    if sigma > 0.2:
        matte = np.asarray(cv2.GaussianBlur(matte, (0, 0), sigma))
    return matte
