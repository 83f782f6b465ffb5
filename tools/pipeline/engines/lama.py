"""LaMa: takes things out without words, and goes on with what lies around them.

Suvorov et al., "Resolution-robust Large Mask Inpainting with Fourier Convolutions" (WACV 2022).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tools.pipeline.engines.descriptor import Engine, Needs
from tools.pipeline.engines.inpainting import Painter
from tools.pipeline.engines.readiness import lacking
from tools.pipeline.engines.restoring import LIBRARIES, Network
from tools.pipeline.errors import EngineUnavailableError
from tools.pipeline.filling.canvas import Canvas, Job
from tools.pipeline.weights.catalogue import WEIGHTS

if TYPE_CHECKING:  # they bring numpy, which the processes that only offer engines do without
    from tools.pipeline.pixels import Floats

NAME = "lama"
# It halves its picture three times. What is small it sees as it is: it has learned from such.
CANVAS = Canvas(area=1024 * 1024, step=8, enlarges=False)


class Continuer(Network):
    """The network, asked as a pipeline of diffusers is; words and seeds mean nothing to it."""

    # CUDA has no Fourier transform of bfloat16.
    halves = False

    def __init__(self, name: str) -> None:
        super().__init__(name)
        if getattr(self.model, "purpose", "") != "Inpainting":
            raise EngineUnavailableError("the network fills no holes")

    def painted(
        self,
        jobs: Sequence[Job],
        *,
        lora: Mapping[str, Any] | None = None,  # noqa: ARG002  it takes none
        progress: Callable[[float], None] | None = None,
    ) -> list[Floats]:
        """Float (h, w, 3) in 0..1 for each job, at the job's size. `progress` may raise."""
        results = []
        for number, job in enumerate(jobs):
            results.append(self.filled(job))
            if progress:
                progress((number + 1) / len(jobs))
        return results

    def filled(self, job: Job) -> Floats:
        import numpy as np
        import torch

        with torch.inference_mode():
            picture = torch.from_numpy(np.ascontiguousarray(job.picture.transpose(2, 0, 1)))
            mask = torch.from_numpy(job.mask > 0)[None]
            fed, hole = (
                part[None].to(self.device, self.model.dtype) for part in (picture / 255, mask)
            )
            out = self.model(fed, hole)
            back: Floats = out[0].float().clamp(0, 1).permute(1, 2, 0).cpu().numpy()
        return back


class Eraser(Painter):
    """The ops of the kind `fill`."""

    def __init__(self, name: str = NAME) -> None:
        self.canvas = CANVAS
        self.pipe = Continuer(name)


ENGINES = (
    Engine(
        name=NAME,
        title="LaMa",
        kind="fill",
        version="1",
        licence=WEIGHTS[NAME].licence,
        commercial=WEIGHTS[NAME].commercial,
        generative=True,
        load=Eraser,
        missing=lacking("torch", LIBRARIES, NAME),
        needs=Needs(device="cuda", memory=3000, weights=(NAME,)),
        pace=0.3,
    ),
)
