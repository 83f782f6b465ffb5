"""SDXL held to the product's outline while it paints what is around it: without that, models like
to go on with a handle, a lid or a leg beyond the product.

Zhang et al., "Adding Conditional Control to Text-to-Image Diffusion Models" (ICCV 2023).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.pipeline.engines.descriptor import Engine, Needs
from tools.pipeline.engines.diffusion import LIBRARIES, Pipe
from tools.pipeline.engines.inpainting import SDXL, Painter, bucket, common
from tools.pipeline.engines.readiness import lacking, opened
from tools.pipeline.weights.catalogue import WEIGHTS

if TYPE_CHECKING:  # it brings numpy, which the processes that only offer engines do without
    from tools.pipeline.filling.canvas import Job

NAME = "sdxl-outline"
CONTROL = "sdxl-controlnet-canny"
# The lines end at the product, and to the network the rest is a picture without edges: it is led
# with half its strength, and no longer when the picture's large shapes are there.
OUTLINED = replace(
    SDXL,
    given={
        **SDXL.given,
        "controlnet_conditioning_scale": 0.5,
        "control_guidance_end": 0.6,
    },
)


class Outlined(Pipe):
    """SDXL's own network, on the device once for both engines, and beside it the one that reads
    lines.
    """

    def kind(self) -> Any:
        from diffusers import StableDiffusionXLControlNetInpaintPipeline

        return StableDiffusionXLControlNetInpaintPipeline

    def parts(self, folder: Path) -> dict[str, Any]:
        return {**super().parts(folder), "controlnet": opened(CONTROL, self.reader)}

    def reader(self, folder: Path) -> Any:
        import torch
        from diffusers import ControlNetModel

        return ControlNetModel.from_pretrained(
            folder,
            local_files_only=True,
            torch_dtype=torch.float32 if self.device == "cpu" else torch.bfloat16,
            variant="fp16",
        )

    def asked(self, jobs: Sequence[Job], trigger: str) -> dict[str, Any]:
        from PIL import Image

        lines = [job.lines for job in jobs if job.lines is not None]
        drawn = [Image.fromarray(each).convert("RGB") for each in lines]
        return {**super().asked(jobs, trigger), "control_image": drawn}


ENGINES = (
    Engine(
        name=NAME,
        title="Stable Diffusion XL, held to the outline",
        kind="surround",
        version="1",
        licence=WEIGHTS[CONTROL].licence,
        commercial=WEIGHTS[CONTROL].commercial,
        generative=True,
        load=partial(Painter, OUTLINED, Outlined),
        missing=lacking("torch", LIBRARIES, SDXL.weights, CONTROL),
        needs=Needs(
            device="cuda",
            memory=15_000,
            common=common(OUTLINED),
            weights=(SDXL.weights, CONTROL),
        ),
        pace=3.0,
        batch=4,
        bucket=partial(bucket, SDXL.canvas),
    ),
)
