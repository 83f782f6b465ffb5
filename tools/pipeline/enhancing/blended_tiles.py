"""Large pictures through a network in overlapping tiles whose seams are faded into one another."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tools.pipeline.enhancing import colours
from tools.pipeline.parallel import Progress
from tools.pipeline.pixels import Floats, Rgb

# Float (h, w, 3) in 0..255 to (h * scale, w * scale, 3).
Work = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class Span:
    """A tile along one axis, and how many of its first pixels lie on the tile before it."""

    start: int
    stop: int
    shared: int


def spans(length: int, side: int, overlap: int) -> list[Span]:
    """Tiles of one size that cover the axis; the last one ends with it, and shares what is left."""
    if length <= side:
        return [Span(0, length, 0)]
    starts = [*range(0, length - side, side - overlap), length - side]
    stops = [0, *(start + side for start in starts)]
    return [
        Span(start, start + side, max(0, before - start))
        for start, before in zip(starts, stops, strict=False)
    ]


def run_blended_tiles(
    rgb: Rgb,
    work: Work,
    *,
    scale: int = 1,
    side: int = 1024,
    overlap: int = 32,
    progress: Progress | None = None,
) -> Rgb:
    """H×W×3 uint8 sRGB through `work`, at `scale` times its sides.

    One strip of tiles is held as floats at a time, whatever the picture's size. In the middle half
    of an overlap one tile fades into the next; its outer quarters, where a tile lacks neighbours,
    are not used.
    """
    height, width = rgb.shape[:2]
    out = np.empty((height * scale, width * scale, 3), np.uint8)
    rows, columns = spans(height, side, overlap), spans(width, side, overlap)
    done, tail = 0, np.empty((0, width * scale, 3), np.float32)
    for number, row in enumerate(rows):
        strip = np.empty(((row.stop - row.start) * scale, width * scale, 3), np.float32)
        for column in columns:
            piece = rgb[row.start : row.stop, column.start : column.stop].astype(np.float32)
            faded(strip[:, column.start * scale : column.stop * scale], work(piece), column, scale)
            done += 1
            if progress:
                progress(done / (len(rows) * len(columns)))
        share = ramp(row.shared * scale)[:, None, None]
        strip[: len(share)] = tail * (1 - share) + strip[: len(share)] * share
        following = rows[number + 1].shared * scale if number + 1 < len(rows) else 0
        last = len(strip) - following
        out[row.start * scale : row.start * scale + last] = colours.round_to_uint8(strip[:last])
        tail = strip[last:]
    return Rgb(out)


def faded(strip: Floats, tile: Floats, column: Span, scale: int) -> None:
    """Write a tile into its place of the strip, over the end of the tile before it."""
    share = ramp(column.shared * scale)[None, :, None]
    shared = share.shape[1]
    strip[:, :shared] = strip[:, :shared] * (1 - share) + tile[:, :shared] * share
    strip[:, shared:] = tile[:, shared:]


def ramp(length: int) -> Floats:
    """0 to 1 over the middle half."""
    place = (np.arange(length, dtype=np.float32) + 0.5) / max(length, 1)
    return np.asarray(np.clip(2 * place - 0.5, 0, 1), np.float32)
