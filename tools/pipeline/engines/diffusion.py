"""Diffusers' pipelines on this process's device: loaded from a folder, run for several jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.pipeline.engines import device, shared_parts
from tools.pipeline.engines.readiness import opened
from tools.pipeline.errors import EngineUnavailableError, NoLoraError
from tools.pipeline.filling.canvas import Canvas, Job
from tools.pipeline.weights import places

if TYPE_CHECKING:  # they bring numpy, which the processes that only offer engines do without
    from tools.pipeline.pixels import Floats

LIBRARIES = ("torch", "diffusers", "transformers", "accelerate", "peft", "safetensors")


@dataclass(frozen=True, kw_only=True)
class Model:
    """How one model wants to be asked. `given` goes to each call of its pipeline as it is."""

    weights: str
    steps: int
    canvas: Canvas = field(default_factory=Canvas)
    given: Mapping[str, Any] = field(default_factory=dict)
    # What is not wanted, for models that listen to it.
    negative: str = ""
    # A LoRA that is melted into the model so that it needs few steps, and its file.
    distilled: tuple[str, str] | None = None
    variant: str | None = None


class Pipe:
    """One model. Jobs of one size run as one batch, each from a seed of its own on the processor,
    so that a job's picture is the same alone, in company and on any device.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.device = device.name()
        self.pipe = opened(model.weights, self.loaded)

    def loaded(self, folder: Path) -> Any:
        try:
            import torch
            from diffusers.utils import logging

            kind = self.kind()
        except ImportError as error:
            raise EngineUnavailableError(f"diffusers cannot be used: {error}") from error
        logging.disable_progress_bar()
        half = torch.float32 if self.device == "cpu" else torch.bfloat16
        alike = f"{self.device} {half} {self.model.variant}"
        # What saves steps is melted into the network, and others would have it too.
        names = shared_parts.ENCODERS if self.model.distilled else shared_parts.ALL
        there = shared_parts.there(folder, alike, names)
        pipe = kind.from_pretrained(
            folder,
            local_files_only=True,
            torch_dtype=half,
            variant=self.model.variant,
            **there,
            **self.parts(folder),
        )
        if self.model.distilled:
            opened(self.model.distilled[0], lambda place: self.distil(pipe, place))
        pipe.set_progress_bar_config(disable=True)
        pipe = pipe.to(self.device)
        shared_parts.keep(folder, alike, pipe, names)
        if device.compiles() and shared_parts.NETWORK not in there:
            hastened(pipe)
        return pipe

    def kind(self) -> Any:
        """The class of pipeline: the one that the folder names."""
        from diffusers import DiffusionPipeline

        return DiffusionPipeline

    def parts(self, folder: Path) -> dict[str, Any]:  # noqa: ARG002  others look there
        """What the pipeline is not to load itself, by the names that it has for it."""
        return {}

    def distil(self, pipe: Any, folder: Path) -> Any:
        """Melt the LoRA that saves steps into the model."""
        from diffusers import EulerDiscreteScheduler

        _, file = self.model.distilled or ("", "")
        pipe.load_lora_weights(folder, weight_name=file, local_files_only=True)
        # Text encoders are shared with other models.
        pipe.fuse_lora(components=["unet"])
        pipe.unload_lora_weights()
        # It was made to jump between the last steps of each part, and for no other way of stepping.
        pipe.scheduler = EulerDiscreteScheduler.from_config(
            pipe.scheduler.config, timestep_spacing="trailing"
        )
        return pipe

    def painted(
        self,
        jobs: Sequence[Job],
        *,
        lora: Mapping[str, Any] | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> list[Floats]:
        """Float (h, w, 3) in 0..1 for each job, at the job's size. `progress` may raise."""
        results: dict[int, Floats] = {}
        groups: dict[tuple[int, ...], list[int]] = {}
        for number, job in enumerate(jobs):
            groups.setdefault(job.picture.shape, []).append(number)
        with self.styled(lora) as trigger:
            for done, numbers in enumerate(groups.values()):
                begun, share = done / len(groups), 1 / len(groups)

                def told(part: float, begun: float = begun, share: float = share) -> None:
                    if progress:
                        progress(begun + part * share)

                made = self.run([jobs[number] for number in numbers], trigger, told)
                results.update(zip(numbers, made, strict=True))
        return [results[number] for number in range(len(jobs))]

    def run(self, jobs: Sequence[Job], trigger: str, told: Callable[[float], None]) -> list[Floats]:
        """One call of the pipeline for jobs of one size."""
        import numpy as np

        def stepped(pipe: Any, step: int, _: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            # Fewer than were asked for, where the first are left out.
            told((step + 1) / pipe.num_timesteps)
            return tensors

        images = self.pipe(
            **self.asked(jobs, trigger),
            **self.model.given,
            num_inference_steps=self.model.steps,
            callback_on_step_end=stepped,
            output_type="np",
        ).images
        return [np.asarray(image, np.float32) for image in images]

    def asked(self, jobs: Sequence[Job], trigger: str) -> dict[str, Any]:
        """What differs from job to job."""
        import torch
        from PIL import Image

        height, width = jobs[0].mask.shape
        words = [f"{trigger}, {job.words}" if trigger else job.words for job in jobs]
        seeds = [torch.Generator("cpu").manual_seed(job.seed) for job in jobs]
        asked: dict[str, Any] = {
            "prompt": words,
            "image": [Image.fromarray(job.picture) for job in jobs],
            "mask_image": [Image.fromarray(job.mask) for job in jobs],
            "generator": seeds,
            "height": height,
            "width": width,
        }
        if self.model.negative:
            asked["negative_prompt"] = [self.model.negative] * len(jobs)
        return asked

    @contextmanager
    def styled(self, lora: Mapping[str, Any] | None) -> Iterator[str]:
        """The model with a LoRA, as long as this lasts; with the words that call it up.

        Whatever happens meanwhile, the model is afterwards as it was. Raises NoLoraError.
        """
        if not lora:
            yield ""
            return
        file = places.find_lora(lora["file"])
        if file is None:
            raise NoLoraError(lora["file"])
        try:
            try:
                self.pipe.load_lora_weights(
                    file.parent,
                    weight_name=file.name,
                    adapter_name="style",
                    local_files_only=True,
                )
                self.pipe.set_adapters(["style"], [float(lora.get("weight", 1))])
            except Exception as error:
                # A file that is no LoRA, or one for another model: each library says so in its way.
                raise NoLoraError(lora["file"]) from error
            yield str(lora.get("trigger", ""))
        finally:
            self.pipe.unload_lora_weights()

    def close(self) -> None:
        import torch

        del self.pipe
        if self.device != "cpu":
            torch.cuda.empty_cache()


def hastened(pipe: Any) -> None:
    """Compile the blocks that a network repeats, once for all shapes: minutes less than all of it."""
    network = getattr(pipe, "transformer", None) or pipe.unet
    network.compile_repeated_blocks(dynamic=True)


def style(args: Mapping[str, Any]) -> str:
    """What calls must have in common to run as one: the LoRA, for it changes the model."""
    lora = args.get("lora") or {}
    return f"{lora.get('file', '')} {lora.get('weight', 1)}" if lora else ""
