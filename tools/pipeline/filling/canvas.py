"""What a generative model is asked to paint: plain facts, for engines to name without an import."""

from __future__ import annotations

from dataclasses import dataclass
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

    def size(self, height: int, width: int) -> tuple[int, int]:
        """(height, width) of that shape as the model has it."""
        scale = (self.area / (height * width)) ** 0.5
        scale = scale if self.enlarges else min(1.0, scale)
        high, wide = (max(1, round(side * scale / self.step)) for side in (height, width))
        return high * self.step, wide * self.step


@dataclass(frozen=True)
class Job:
    """One picture to paint: 255 in `mask` (h, w) is painted over `picture` (h, w, 3)."""

    picture: Rgb
    mask: Alpha
    words: str
    seed: int
