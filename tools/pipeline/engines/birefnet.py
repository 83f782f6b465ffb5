"""BiRefNet in torch: several photos at once, in half the memory where the device can.

Zheng et al., "Bilateral Reference for High-Resolution Dichotomous Image Segmentation" (2024).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tools.pipeline.engines import device
from tools.pipeline.engines.descriptor import Call, Engine, Needs, Progress
from tools.pipeline.engines.readiness import lacking, opened
from tools.pipeline.engines.saliency import IMAGENET
from tools.pipeline.engines.subject_finder import Finder
from tools.pipeline.errors import EngineUnavailableError, PipelineError
from tools.pipeline.weights.catalogue import WEIGHTS

if TYPE_CHECKING:  # they bring numpy, which the processes that only offer engines do without
    from tools.pipeline.pixels import Matte, Rgb

# The network's code comes with its weights, at the pinned commit, and imports the last four.
LIBRARIES = ("torch", "transformers", "torchvision", "timm", "kornia", "einops")


class Segmenter(Finder):
    """One of BiRefNet's networks."""

    def __init__(self, name: str, side: int) -> None:
        self.side = side
        self.device = device.name()
        self.model = opened(name, self.loaded)

    def loaded(self, folder: Path) -> Any:
        try:
            import torch
            from transformers import AutoModelForImageSegmentation
        except ImportError as error:
            raise EngineUnavailableError(f"transformers cannot be used: {error}") from error
        half = torch.float32 if self.device == "cpu" else torch.bfloat16
        model = AutoModelForImageSegmentation.from_pretrained(
            folder, trust_remote_code=True, local_files_only=True, dtype=half
        )
        return model.to(self.device).eval()

    def segment(self, batch: Sequence[Rgb]) -> list[Matte]:
        import numpy as np
        import torch

        from tools.pipeline.pixels import Matte

        with torch.inference_mode():
            fed = torch.stack([self.fed(photo) for photo in batch])
            logits = self.model(fed.to(self.device, self.model.dtype))[-1]
            believed = logits.float().sigmoid()[:, 0].cpu().numpy()
        return [Matte(np.ascontiguousarray(one)) for one in believed]

    def fed(self, photo: Rgb) -> Any:
        import numpy as np
        import torch
        from PIL import Image

        size = self.side, self.side
        small = Image.fromarray(np.ascontiguousarray(photo)).resize(size, Image.Resampling.BILINEAR)
        mean, deviation = (np.asarray(each, np.float32) for each in IMAGENET)
        normal = (np.asarray(small, np.float32) / 255 - mean) / deviation
        return torch.from_numpy(normal.transpose(2, 0, 1).copy())

    def batched(
        self, op: str, calls: Sequence[Call], *, progress: Progress | None = None
    ) -> list[Any | PipelineError]:
        """All photos through the network at once; see `descriptor.Batching`. Hair is many pieces of
        each photo: there one photo follows the other.
        """
        if op == "detail":
            return self.detailed(calls, progress)
        from tools.pipeline.matting import network
        from tools.pipeline.pixels import drop_alpha

        photos: list[Any] = [call.inputs[0] for call in calls]
        believed = self.segment([drop_alpha(photo) for photo in photos])
        if progress:
            progress(0.8)
        return [
            network.make_coarse_matte(photo, belief, strokes=call.args["strokes"])
            for photo, belief, call in zip(photos, believed, calls, strict=True)
        ]

    def detailed(
        self, calls: Sequence[Call], progress: Progress | None
    ) -> list[Any | PipelineError]:
        found: list[Any] = []
        for call in calls:

            def told(share: float, done: int = len(found)) -> None:
                if progress:
                    progress((done + share) / len(calls))

            photo, alpha = cast("tuple[Any, Any]", call.inputs)
            found.append(self.detail(photo, alpha, strokes=call.args["strokes"], progress=told))
        return found

    def close(self) -> None:
        import torch

        del self.model
        if self.device != "cpu":
            torch.cuda.empty_cache()


def together(op: str, args: Mapping[str, Any], size: tuple[int, int]) -> str:  # noqa: ARG001  as below
    """Every photo is squeezed into the same square, and strokes come after the network."""
    return ""


def engine(name: str, title: str, *, side: int, memory: int, batch: int, warm: bool) -> Engine:
    weights = WEIGHTS[name]
    return Engine(
        name=name,
        title=title,
        kind="matte",
        version="1",
        licence=weights.licence,
        commercial=weights.commercial,
        load=lambda: Segmenter(name, side),
        missing=lacking("models", LIBRARIES, name),
        needs=Needs(device="cuda", memory=memory, weights=(name,)),
        pace=0.2,
        batch=batch,
        bucket=together,
        warm=warm,
    )


ENGINES = (
    engine("birefnet", "BiRefNet", side=1024, memory=8000, batch=8, warm=True),
    engine("birefnet-lite", "BiRefNet light", side=1024, memory=5000, batch=8, warm=False),
    engine("birefnet-hr", "BiRefNet fine", side=2048, memory=16000, batch=2, warm=False),
    engine("birefnet-matting", "BiRefNet hair", side=1024, memory=8000, batch=8, warm=False),
)
