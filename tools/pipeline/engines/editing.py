"""Generative models that draw the whole picture anew by words, and are held to the product.

What they draw is moved so that the product lies where it was, and measured. Of a few seeds the one
that kept the product best is taken; where none kept it, there is no result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.pipeline.engines.descriptor import Engine, Needs
from tools.pipeline.engines.diffusion import LIBRARIES, Model, Pipe
from tools.pipeline.engines.readiness import lacking
from tools.pipeline.errors import NotObedientError
from tools.pipeline.filling.canvas import Canvas, Job
from tools.pipeline.weights.catalogue import WEIGHTS

if TYPE_CHECKING:  # they bring numpy, which the processes that only offer engines do without
    from tools.pipeline.pixels import Alpha, Rgb, Rgba

# So many pictures are drawn for one price before it is given back.
TRIES = 3
# A product that takes less than this of what is allowed needs no further try.
GOOD_ENOUGH = 0.5
KEEPING = "Keep the product exactly as it is, in the same place and at the same size."
# Their latents are packed two by two, of eight pixels each.
CANVAS = Canvas(step=16)
KONTEXT = Model(
    weights="flux-kontext",
    steps=28,
    canvas=CANVAS,
    given={"guidance_scale": 2.5, "_auto_resize": False},
)
# Distilled: four steps, and without guidance.
KLEIN = Model(weights="flux2-klein", steps=4, canvas=CANVAS, given={"guidance_scale": 1.0})
QWEN = Model(
    weights="qwen-image-edit",
    steps=40,
    canvas=Canvas(step=32),
    negative=" ",
    given={"true_cfg_scale": 4.0},
)


class Redrawing(Pipe):
    """A pipeline that takes one picture and what is to become of it, and no mask."""

    def asked(self, jobs: Sequence[Job], trigger: str) -> dict[str, Any]:
        import torch
        from PIL import Image

        (job,) = jobs
        height, width = job.picture.shape[:2]
        asked: dict[str, Any] = {
            # Of a list they would take each picture for another view of the same thing.
            "image": Image.fromarray(job.picture),
            "prompt": f"{trigger}, {job.words}" if trigger else job.words,
            "generator": torch.Generator("cpu").manual_seed(job.seed),
            "height": height,
            "width": width,
        }
        if self.model.negative:
            asked["negative_prompt"] = self.model.negative
        if "_auto_resize" in self.model.given:
            # It chooses the size itself, by this area.
            asked["max_area"] = height * width
        return asked

    def parts(self, folder: Path) -> dict[str, Any]:
        return {"processor": reader(folder)} if (folder / "processor").is_dir() else {}


def reader(folder: Path) -> Any:
    """Qwen's processor without its part for videos, which cannot be had without torchvision."""
    from transformers import Qwen2TokenizerFast, Qwen2VLProcessor
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil
    from transformers.processing_utils import ProcessorMixin

    class Reader(Qwen2VLProcessor):  # type: ignore[misc]  # as untyped as all of its library
        def __init__(self, image_processor: Any, tokenizer: Any) -> None:
            self.image_token, self.video_token = "<|image_pad|>", "<|video_pad|>"
            ids = tokenizer.convert_tokens_to_ids([self.image_token, self.video_token])
            self.image_token_id, self.video_token_id = ids
            ProcessorMixin.__init__(self, image_processor, tokenizer)

    pictures = Qwen2VLImageProcessorPil.from_pretrained(folder / "processor", local_files_only=True)
    words = Qwen2TokenizerFast.from_pretrained(folder / "tokenizer", local_files_only=True)
    return Reader(pictures, words)


class Redrawer:
    """The op of kind `edit`."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.pipe = Redrawing(model)

    def edit(
        self,
        photo: Rgb | Rgba,
        alpha: Alpha,
        *,
        words: str,
        seed: int,
        lora: Mapping[str, Any] | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> dict[str, Any]:
        """{"image": the drawn picture (H×W×3 uint8 sRGB), its product where the photo's is,
        "tries", "seed", "redrawn": what the model itself did to the product}.

        Raises NotObedientError when it was another product with every seed.
        """
        from tools.pipeline import registration

        rgb = registration.flatten_on_white(photo)
        best: dict[str, Any] | None = None
        for number in range(TRIES):

            def told(share: float, number: int = number) -> None:
                if progress:
                    progress((number + share) / TRIES)

            drawn = self.drawn(rgb, f"{words} {KEEPING}", seed + number, lora, told)
            registered = registration.register_drawing(rgb, alpha, drawn)
            if registered is None:
                continue
            redrawn = registration.measure_product_kept(rgb, alpha, registered)
            if redrawn["kept"] and (best is None or redrawn["worst"] < best["redrawn"]["worst"]):
                best = {"image": registered, "seed": seed + number, "redrawn": redrawn}
            if best and best["redrawn"]["worst"] <= GOOD_ENOUGH:
                break
        if best is None:
            raise NotObedientError
        return {**best, "tries": number + 1}

    def drawn(
        self,
        rgb: Rgb,
        words: str,
        seed: int,
        lora: Mapping[str, Any] | None,
        told: Callable[[float], None],
    ) -> Rgb:
        """The whole picture anew, at the photo's size."""
        from tools.pipeline.filling import generative

        job = generative.plan_redraw(rgb, self.model.canvas, words, seed)
        (made,) = self.pipe.painted([job], lora=lora, progress=told)
        return generative.resize_painted(made, rgb.shape)

    def close(self) -> None:
        self.pipe.close()


def engine(title: str, model: Model, memory: int, pace: float) -> Engine:
    weights = WEIGHTS[model.weights]
    return Engine(
        name=model.weights,
        title=title,
        kind="edit",
        version="1",
        licence=weights.licence,
        commercial=weights.commercial,
        generative=True,
        load=lambda: Redrawer(model),
        missing=lacking("torch", LIBRARIES, model.weights),
        needs=Needs(device="cuda", memory=memory, weights=(model.weights,)),
        pace=pace,
    )


ENGINES = (
    engine("FLUX.1 Kontext", KONTEXT, 36_000, 10.0),
    engine("FLUX.2 klein", KLEIN, 18_000, 3.0),
    engine("Qwen Image Edit", QWEN, 60_000, 30.0),
)
