"""Working down a large photo in bands of rows, so that float copies stay small."""

from collections.abc import Iterator

import cv2
import numpy as np

from tools.pipeline.matting.planes import Mask, to_float32
from tools.pipeline.pixels import Floats

PIXELS = 1 << 20


def split_rows(height: int, width: int) -> Iterator[slice]:
    """Slices of rows, top to bottom, of about a megapixel each."""
    step = max(1, PIXELS // width)
    for top in range(0, height, step):
        yield slice(top, min(top + step, height))


def lifted(small: Floats, shape: tuple[int, int], band: slice, columns: slice) -> Floats:
    """The given rows and columns of `small` (h×w or h×w×C float32 of any range) enlarged bilinearly
    to `shape`, nothing else of it.
    """
    height, width = shape
    below, right = small.shape[:2]
    y = (np.arange(band.start, band.stop) + 0.5) * (below / height) - 0.5
    x = (np.arange(columns.start, columns.stop) + 0.5) * (right / width) - 0.5
    top = max(0, int(np.floor(y[0])) - 1)
    bottom = int(np.ceil(y[-1])) + 2
    across, down = np.meshgrid(to_float32(x), to_float32(y - top))
    part, how = small[top:bottom], cv2.INTER_LINEAR
    return to_float32(cv2.remap(part, across, down, how, borderMode=cv2.BORDER_REPLICATE))


def touched(mask: Mask) -> slice:
    """The columns that hold anything of H×W bool, as one slice; an empty slice if none do."""
    columns = np.flatnonzero(mask.any(axis=0))
    return slice(int(columns[0]), int(columns[-1]) + 1) if len(columns) else slice(0, 0)


def find_bounding_box(mask: Mask, margin: int) -> tuple[slice, slice]:
    """Rows and columns of what the mask (H×W bool) holds, with a margin in pixels; empty slices if
    it is empty.
    """
    across, down = touched(mask), touched(mask.T)
    if across.start == across.stop:
        return down, across
    return (
        slice(max(0, down.start - margin), down.stop + margin),
        slice(max(0, across.start - margin), across.stop + margin),
    )
