"""Working down a large photo in bands of rows, so that float copies stay small."""

from collections.abc import Iterator

import cv2
import numpy as np

from tools.pipeline.pixels import Floats

ROWS = 256


def rows(height: int, step: int = ROWS) -> Iterator[slice]:
    for top in range(0, height, step):
        yield slice(top, min(top + step, height))


def lifted(small: Floats, shape: tuple[int, int], band: slice, columns: slice) -> Floats:
    """The given rows and columns of `small` enlarged bilinearly to `shape`, nothing else of it."""
    height, width = shape
    below, right = small.shape[:2]
    y = (np.arange(band.start, band.stop) + 0.5) * (below / height) - 0.5
    x = (np.arange(columns.start, columns.stop) + 0.5) * (right / width) - 0.5
    top = max(0, int(np.floor(y[0])) - 1)
    bottom = int(np.ceil(y[-1])) + 2
    columns_map, rows_map = np.meshgrid(x.astype(np.float32), (y - top).astype(np.float32))
    enlarged: Floats = cv2.remap(
        small[top:bottom], columns_map, rows_map, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return enlarged


def touched(mask: np.ndarray) -> slice:
    """The columns that hold anything, as one slice; an empty slice if none do."""
    columns = np.flatnonzero(mask.any(axis=0))
    return slice(int(columns[0]), int(columns[-1]) + 1) if len(columns) else slice(0, 0)
