"""What a product's alpha says about how it stands: its box, its foot, and where it was cut off."""

from dataclasses import dataclass

import numpy as np

from tools.pipeline.errors import PipelineError
from tools.pipeline.pixels import Alpha, Mask

SOLID = 128
EDGES = ("left", "top", "right", "bottom")


class NothingToPlaceError(PipelineError):
    """The alpha holds no product."""

    id = "nothing-to-place"
    visitors = True
    again = False


@dataclass(frozen=True)
class Silhouette:
    """In pixels of the photo, half-open; `cut` names the photo's edges that the product crosses."""

    left: int
    top: int
    right: int
    bottom: int
    cut: tuple[str, ...]

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


def measure_silhouette(alpha: Alpha) -> Silhouette:
    """Box, foot and cut edges, in pixels, of the product of `alpha` (H×W uint8). Raises
    NothingToPlaceError.

    The foot is the lowest row that carries a real part of the product: one stray pixel of a
    rough matte must not lift everything else off the floor.
    """
    solid = alpha >= SOLID
    columns, rows = solid.sum(0), solid.sum(1)
    if not rows.any():
        raise NothingToPlaceError
    # A product of one column of pixels has no wider row.
    enough = min(int(rows.max()), max(2, round(0.012 * float(rows.max()))))
    xs, ys = np.flatnonzero(columns), np.flatnonzero(rows >= enough)
    return Silhouette(int(xs[0]), int(ys[0]), int(xs[-1]) + 1, int(ys[-1]) + 1, cut_edges(solid))


def cut_edges(solid: Mask) -> tuple[str, ...]:
    """The edges along which the product runs for more than a touch."""
    high, wide = solid.shape
    lines = (solid[:, :2].any(1), solid[:2].any(0), solid[:, -2:].any(1), solid[-2:].any(0))
    sides = (high, wide, high, wide)
    found = zip(EDGES, lines, sides, strict=True)
    return tuple(name for name, line, side in found if line.sum() > 0.02 * side)
