"""What a material hands over: one tile of colour and one of fine relief."""

from dataclasses import dataclass

import cv2
import numpy as np

from tools.pipeline.pixels import Floats


@dataclass(frozen=True)
class Tiles:
    """`base` (S, S, 3) linear albedo over `period` world units; `fine` (S, S) a factor about 1."""

    base: Floats
    period: float
    fine: Floats | None = None
    fine_period: float = 0.16


@dataclass(frozen=True)
class Order:
    """What a material is asked for: `size` of its tile, and the light's way over it.

    `toward` is the direction to the light in the tile's (u, v), at most of length 1: relief is
    baked for it. `fine` is the size of the fine tile, 0 where no pixel could show it.
    """

    size: int
    fine: int
    seed: int
    toward: tuple[float, float]


def relief(height: Floats, toward: tuple[float, float], strength: float) -> Floats:
    """size×size float32 factor 0.2–1.8 by which a height map (size×size) catches light that comes
    from `toward`.

    `strength` scales the slope, with heights and lengths both in shares of the tile.
    """
    size = height.shape[0]
    ringed = cv2.copyMakeBorder(height, 1, 1, 1, 1, cv2.BORDER_WRAP)
    across = (ringed[1:-1, 2:] - ringed[1:-1, :-2]) * np.float32(size / 2)
    down = (ringed[2:, 1:-1] - ringed[:-2, 1:-1]) * np.float32(size / 2)
    slope = -(across * np.float32(toward[0]) + down * np.float32(toward[1])) * np.float32(strength)
    # Slopes facing the light saturate slower than those facing away darken.
    return np.asarray(1 + np.tanh(slope) * np.where(slope > 0, 0.8, 1.0), np.float32)
