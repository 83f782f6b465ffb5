"""Large pictures in square tiles with a margin: bounded memory, and the result of one piece."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, cast

import numpy as np

from tools.pipeline import parallel
from tools.pipeline.enhancing import colours
from tools.pipeline.parallel import Progress
from tools.pipeline.pixels import Floats, Picture, Rgb

Work = Callable[[Floats, "Window"], Floats]


class Filter(Protocol):
    """What was begun for one photo: where it is not needed, the photo stays as it is."""

    @property
    def needed(self) -> bool: ...

    def __call__(self, tile: Floats, window: "Window", /) -> Floats: ...


# Both a power of two: blocks of 8 and halvings must fall on the same pixels in every tile.
SIDE = 1024
ALIGNED = 64
# A tile at work takes 150 MB; a photo of 50 MP is to stay under 1.5 GB.
AT_ONCE = min(parallel.CORES, 3)


@dataclass(frozen=True, slots=True)
class Window:
    """Where a tile lies: its core, and the core with its margin, cut at the picture's edge."""

    core: tuple[slice, slice]
    outer: tuple[slice, slice]

    @property
    def inner(self) -> tuple[slice, slice]:
        """The core, seen from the outer window."""
        rows, cols = (
            slice(core.start - outer.start, core.stop - outer.start)
            for core, outer in zip(self.core, self.outer, strict=True)
        )
        return rows, cols


def windows(height: int, width: int, *, margin: int, side: int = SIDE) -> Iterator[Window]:
    """Cover (height, width). `margin` is rounded up so that every outer window starts aligned."""
    margin = -(-margin // ALIGNED) * ALIGNED
    for top in range(0, height, side):
        for left in range(0, width, side):
            yield Window(
                (slice(top, min(top + side, height)), slice(left, min(left + side, width))),
                (
                    slice(max(top - margin, 0), min(top + side + margin, height)),
                    slice(max(left - margin, 0), min(left + side + margin, width)),
                ),
            )


def run_tiles(
    rgb: Rgb, work: Work, *, margin: int, side: int = SIDE, progress: Progress | None = None
) -> Rgb:
    """H×W×3 uint8 sRGB through `work` (h×w×3 float32 0–255 and its window, to the same) tile by
    tile.
    """
    out = Rgb(np.empty_like(rgb))

    def do(window: Window) -> None:
        piece = work(rgb[window.outer].astype(np.float32), window)
        out[window.core] = colours.round_to_uint8(piece[window.inner])

    plan = list(windows(*rgb.shape[:2], margin=margin, side=side))
    parallel.run_parts(do, plan, progress, at_once=AT_ONCE)
    return out


def filter_photo(
    photo: Picture,
    begin: Callable[[Rgb], Filter],
    *,
    margin: int,
    progress: Progress | None = None,
) -> Picture:
    """The photo (H×W×3 or H×W×4 uint8 sRGB) through a filter, itself where that is not needed;
    alpha is carried through.
    """
    rgb, alpha = colours.split_alpha(photo)
    work = begin(rgb)
    if not work.needed:
        return photo
    out = run_tiles(rgb, work, margin=margin, progress=progress)
    return cast("Picture", colours.merge_alpha(out, alpha))
