"""Generative models that paint a part of the photo by words: to erase, to expand, and all around
the product. Every pixel outside that part stays the photo's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from tools.pipeline.engines.descriptor import Call, Engine, Needs, Progress
from tools.pipeline.engines.diffusion import LIBRARIES, Model, Pipe, style
from tools.pipeline.engines.readiness import lacking
from tools.pipeline.errors import PipelineError
from tools.pipeline.filling.canvas import Canvas, Job, list_aspect_buckets
from tools.pipeline.filling.padding import read_padding
from tools.pipeline.weights.catalogue import WEIGHTS

if TYPE_CHECKING:  # they bring numpy, which the processes that only offer engines do without
    from tools.pipeline.pixels import Floats

NEGATIVE = "text, watermark, logo, frame, blurry, deformed, extra objects"
SHAPES = Canvas(shapes=list_aspect_buckets())
SDXL = Model(
    weights="sdxl-inpaint",
    canvas=SHAPES,
    steps=30,
    negative=NEGATIVE,
    given={"guidance_scale": 7.0, "strength": 0.99},
    variant="fp16",
)
LIGHTNING = Model(
    weights="sdxl-inpaint",
    canvas=SHAPES,
    steps=8,
    # Without guidance the model is run once a step, and hears nothing of what is not wanted.
    given={"guidance_scale": 0.0, "strength": 1.0},
    variant="fp16",
    distilled=("sdxl-lightning", "sdxl_lightning_8step_lora.safetensors"),
)
FLUX_FILL = Model(weights="flux-fill", canvas=SHAPES, steps=28, given={"guidance_scale": 30.0})


class Painter:
    """The ops of the kinds `fill` and `surround`."""

    def __init__(self, model: Model, pipe: type[Pipe] = Pipe) -> None:
        self.canvas = model.canvas
        self.pipe: Any = pipe(model)

    def erase(self, photo: Any, *, progress: Any = None, **args: Any) -> Any:
        return self.alone("erase", Call((photo,), args), progress)

    def expand(self, photo: Any, *, progress: Any = None, **args: Any) -> Any:
        return self.alone("expand", Call((photo,), args), progress)

    def surroundings(self, stage: Any, *, progress: Any = None, **args: Any) -> Any:
        return self.alone("surroundings", Call((stage,), args), progress)

    def alone(self, op: str, call: Call, progress: Callable[[float], None] | None) -> Any:
        (answer,) = self.batched(op, [call], progress=progress)  # type: ignore[arg-type]  # it is only told
        if isinstance(answer, PipelineError):
            raise answer
        return answer

    def batched(
        self, op: str, calls: Sequence[Call], *, progress: Progress | None = None
    ) -> list[Any | PipelineError]:
        """All calls' jobs in one go; see `descriptor.Batching`."""
        begun = [self.begun(op, call) for call in calls]
        every = [job for jobs, _ in begun for job in jobs]
        painted = self.pipe.painted(every, lora=calls[0].args.get("lora"), progress=progress)
        answers = []
        for jobs, finish in begun:
            own, painted = painted[: len(jobs)], painted[len(jobs) :]
            answers.append(finish(own))
        return answers

    def begun(self, op: str, call: Call) -> tuple[Sequence[Job], Callable[[list[Floats]], Any]]:
        """What is to be painted for a call, and what is done with the results."""
        from tools.pipeline.enhancing import colours
        from tools.pipeline.filling import generative

        photo: Any = call.inputs[0]
        if op == "surroundings":
            job = generative.plan_surroundings(photo, call.args, self.canvas)
            return [job], lambda painted: generative.resize_painted(painted[0], photo.shape)
        if op == "erase":
            task = generative.plan_erase(photo, call.args, self.canvas)
            alpha = colours.split_alpha(photo)[1]
            return task.jobs, lambda painted: colours.merge_alpha(task.finished(painted), alpha)
        task, x, y = generative.plan_expand(photo, call.args, self.canvas)
        return task.jobs, lambda painted: {"image": task.finished(painted), "x": x, "y": y}

    def close(self) -> None:
        self.pipe.close()


def bucket(canvas: Canvas, op: str, args: Mapping[str, Any], size: tuple[int, int]) -> str:
    """The LoRA and, where one can tell without the pixels, the shape that the model is given."""
    height, width = size
    if op == "erase" or not height:
        # Each hole has a shape of its own; those that are alike run together all the same.
        return style(args)
    left, right, top, bottom = read_padding(args, width, height) if op == "expand" else (0, 0, 0, 0)
    high, wide = canvas.size(height + top + bottom, width + left + right)
    return f"{wide}x{high} {style(args)}".rstrip()


def common(model: Model) -> tuple[tuple[str, int], ...]:
    """What the models of one family have on the device once, in MB; see `shared_parts`."""
    if model.weights != SDXL.weights:
        return ()
    encoders, network = ("SDXL's encoders", 1900), ("SDXL's network", 5200)
    return (encoders,) if model.distilled else (encoders, network)


def engine(name: str, title: str, model: Model, memory: int, pace: float) -> Engine:
    weights = WEIGHTS[model.weights]
    named = (model.weights, *(model.distilled[:1] if model.distilled else ()))
    return Engine(
        name=name,
        title=title,
        kind="fill",
        also=("surround",),
        version="2",
        licence=weights.licence,
        commercial=weights.commercial,
        generative=True,
        load=lambda: Painter(model),
        missing=lacking("torch", LIBRARIES, *named),
        needs=Needs(device="cuda", memory=memory, common=common(model), weights=named),
        pace=pace,
        batch=4,
        bucket=partial(bucket, model.canvas),
    )


ENGINES = (
    engine("sdxl", "Stable Diffusion XL", SDXL, 12_000, 2.0),
    engine("sdxl-lightning", "SDXL Lightning", LIGHTNING, 12_000, 0.6),
    engine("flux-fill", "FLUX.1 Fill", FLUX_FILL, 36_000, 6.0),
)
