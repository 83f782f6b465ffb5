"""What networks that find the subject have in common: they say what they believe of each pixel, and
the rest is ours.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # they bring numpy, which the processes that only offer engines do without
    from tools.pipeline.matting.strokes import Stroke
    from tools.pipeline.pixels import Alpha, Matte, Rgb, Rgba


class Finder(ABC):
    """The ops of the kind `matte`, for one network that is fed squares of `side` pixels."""

    side: int

    @abstractmethod
    def segment(self, batch: Sequence[Rgb]) -> list[Matte]:
        """What the network believes of each pixel: side×side float32 0–1 for each photo (H×W×3
        uint8 sRGB), not stretched, the same whatever else is in the batch.
        """

    def subject(self, photo: Rgb | Rgba, *, strokes: Sequence[Stroke]) -> Mapping[str, Any]:
        """See `matting.network.make_coarse_matte`."""
        from tools.pipeline.matting import network
        from tools.pipeline.pixels import drop_alpha

        return network.make_coarse_matte(
            photo, self.segment([drop_alpha(photo)])[0], strokes=strokes
        )

    def detail(
        self,
        photo: Rgb | Rgba,
        alpha: Alpha,
        *,
        strokes: Sequence[Stroke],
        progress: Callable[[float], None] | None = None,
    ) -> Alpha:
        """See `matting.hair.refine_hair`."""
        from tools.pipeline.matting import hair

        return hair.refine_hair(
            photo, alpha, self.segment, side=self.side, strokes=strokes, progress=progress
        )
