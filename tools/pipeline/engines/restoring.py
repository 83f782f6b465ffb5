"""Networks that enlarge or clean photos: whatever architecture spandrel knows, as .safetensors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tools.pipeline.engines import device
from tools.pipeline.engines.descriptor import Engine, Needs
from tools.pipeline.engines.readiness import lacking, opened
from tools.pipeline.errors import EngineUnavailableError
from tools.pipeline.parallel import Progress
from tools.pipeline.weights.catalogue import WEIGHTS

if TYPE_CHECKING:  # they bring numpy, which the processes that only offer engines do without
    from tools.pipeline.pixels import Floats, Rgb, Rgba

LIBRARIES = ("torch", "spandrel")
SUFFIX = ".safetensors"
# Side and overlap of tiles, in pixels: smaller where there is only a processor's memory.
TILES = {"cuda": (1024, 32), "cpu": (256, 32)}


class Network:
    """One network on this process's device, fed tile by tile."""

    halves = True

    def __init__(self, name: str) -> None:
        self.device = device.name()
        self.model = opened(name, self.loaded)
        self.scale = int(self.model.scale)

    def loaded(self, folder: Path) -> Any:
        try:
            from spandrel import ModelLoader
        except ImportError as error:
            raise EngineUnavailableError(f"spandrel cannot be used: {error}") from error
        # Other kinds of file can run code when they are read.
        file = next(path for path in sorted(folder.iterdir()) if path.suffix == SUFFIX)
        model = ModelLoader(self.device).load_from_file(file)
        if self.halves and self.device != "cpu" and model.supports_bfloat16:
            model.bfloat16()
        return model.eval()

    def over(self, rgb: Rgb, progress: Progress | None = None) -> Rgb:
        """H×W×3 uint8 sRGB through the network, at the network's scale."""
        from tools.pipeline.enhancing import blended_tiles

        side, overlap = TILES["cpu" if self.device == "cpu" else "cuda"]
        return blended_tiles.run_blended_tiles(
            rgb, self.tile, scale=self.scale, side=side, overlap=overlap, progress=progress
        )

    def tile(self, piece: Floats) -> Floats:
        import numpy as np
        import torch

        with torch.inference_mode():
            fed = torch.from_numpy(np.ascontiguousarray(piece.transpose(2, 0, 1)))[None] / 255
            out = self.model(fed.to(self.device, self.model.dtype))
            back: Floats = out[0].float().clamp(0, 1).permute(1, 2, 0).cpu().numpy() * 255
        return back

    def close(self) -> None:
        import torch

        del self.model
        if self.device != "cpu":
            torch.cuda.empty_cache()


class Enlarger(Network):
    """The op of kind `upscale`."""

    def upscale(
        self, photo: Rgb | Rgba, *, factor: Literal[2, 4], progress: Progress | None = None
    ) -> Rgb | Rgba:
        """The photo (H×W×3 or H×W×4 uint8 sRGB) at `factor` times its sides. Where it has writing,
        the result is led to the classical one, which draws no letters of its own; alpha is enlarged
        classically.
        """
        from tools.pipeline.enhancing import network_upscale

        if self.scale < 2:
            raise EngineUnavailableError(f"the network enlarges {self.scale} times")
        return network_upscale.upscale_with_network(
            self.over, photo, factor=factor, progress=progress
        )


class Cleaner(Network):
    """The op of kind `denoise`."""

    def clean(
        self,
        photo: Rgb | Rgba,
        found: Mapping[str, Any],
        *,
        strengths: Mapping[str, float] | None,
        progress: Progress | None = None,
    ) -> Rgb | Rgba:
        """As the embedded engine does it, with the network in the place of denoising and of taking
        out blocks, as far as these were asked for.
        """
        from tools.pipeline.enhancing import network_upscale, settings, steps

        if self.scale != 1:
            raise EngineUnavailableError(f"the network enlarges {self.scale} times")
        wanted = dict(strengths or {name: found[name] for name in settings.STEPS})
        share = max(wanted["denoise"], wanted["deblock"])
        cleaned = (
            network_upscale.blend_with_network(self.over, photo, share, progress)
            if share
            else photo
        )
        rest = {**wanted, "denoise": 0.0, "deblock": 0.0}
        return steps.clean(cleaned, found, strengths=rest)


def engine(
    name: str, title: str, kind: Literal["upscale", "denoise"], load: Callable[[str], Any]
) -> Engine:
    weights = WEIGHTS[name]
    return Engine(
        name=name,
        title=title,
        kind=kind,
        version="1",
        licence=weights.licence,
        commercial=weights.commercial,
        load=lambda: load(name),
        missing=lacking("torch", LIBRARIES, name),
        needs=Needs(device="cuda", memory=6000, weights=(name,)),
        pace=0.5,
    )


ENGINES = (
    engine("realesrgan-x4plus", "Real-ESRGAN", "upscale", Enlarger),
    engine("own_enlarger", "Own network", "upscale", Enlarger),
    engine("own_cleaner", "Own network", "denoise", Cleaner),
)
