"""What a generative model is asked to paint: plain facts, for engines to name without an import."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # they bring numpy, which the processes that only offer engines do without
    from tools.pipeline.pixels import Alpha, Rgb


@dataclass(frozen=True)
class Canvas:
    """How large a model wants its pictures: about `area` pixels, sides multiples of `step`."""

    area: int = 1024 * 1024
    step: int = 64
    # Whether what is smaller is made as large.
    enlarges: bool = True
    # The (height, width) there are, where a picture is squeezed into the nearest: pictures of one
    # shape run as one batch.
    shapes: tuple[tuple[int, int], ...] = ()

    def size(self, height: int, width: int) -> tuple[int, int]:
        """(height, width) of that shape as the model has it."""
        if self.shapes:
            aspect = log(width / height)
            return min(self.shapes, key=lambda shape: abs(log(shape[1] / shape[0]) - aspect))
        scale = (self.area / (height * width)) ** 0.5
        scale = scale if self.enlarges else min(1.0, scale)
        high, wide = (max(1, round(side * scale / self.step)) for side in (height, width))
        return high * self.step, wide * self.step


def list_aspect_buckets(area: int = 1024 * 1024, step: int = 64) -> tuple[tuple[int, int], ...]:
    """Shapes from four times as high as wide to four times as wide as high, so near to each other
    that squeezing a picture into the nearest is not seen.
    """
    aspects = [2 ** (eighth / 8) for eighth in range(-16, 17)]
    sides = [(sqrt(area / aspect), sqrt(area * aspect)) for aspect in aspects]
    found = ((round(high / step) * step, round(wide / step) * step) for high, wide in sides)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Job:
    """One picture to paint: 255 in `mask` (h×w uint8) is painted over `picture` (h×w×3 uint8 sRGB).

    `lines` (h×w uint8), where they are known, are 255 along what has to stay as it is drawn.
    """

    picture: Rgb
    mask: Alpha
    words: str
    seed: int
    lines: Alpha | None = None
