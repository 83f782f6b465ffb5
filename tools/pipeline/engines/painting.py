"""Generative models that paint a part of the photo by words, to erase and to expand. Every pixel
outside that part stays the photo's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from tools.pipeline.engines.descriptor import Call, Engine, Needs, Progress
from tools.pipeline.engines.diffusion import LIBRARIES, Model, Pipe, style
from tools.pipeline.engines.readiness import lacking
from tools.pipeline.errors import PipelineError
from tools.pipeline.filling.canvas import Canvas, buckets
from tools.pipeline.filling.sides import added
from tools.pipeline.weights.catalogue import WEIGHTS

if TYPE_CHECKING:  # they bring numpy, which the processes that only offer engines do without
    from tools.pipeline.pixels import Rgb

NEGATIVE = "text, watermark, logo, frame, blurry, deformed, extra objects"
SHAPES = Canvas(shapes=buckets())
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
    """The ops of the kind `fill`."""

    def __init__(self, model: Model) -> None:
        self.canvas = model.canvas
        self.pipe: Any = Pipe(model)

    def erase(self, photo: Any, *, progress: Any = None, **args: Any) -> Any:
        return self.alone("erase", Call((photo,), args), progress)

    def expand(self, photo: Any, *, progress: Any = None, **args: Any) -> Any:
        return self.alone("expand", Call((photo,), args), progress)

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
        jobs = [job for task, _ in begun for job in task.jobs]
        painted = self.pipe.painted(jobs, lora=calls[0].args.get("lora"), progress=progress)
        answers = []
        for task, finish in begun:
            own, painted = painted[: len(task.jobs)], painted[len(task.jobs) :]
            answers.append(finish(task.finished(own)))
        return answers

    def begun(self, op: str, call: Call) -> tuple[Any, Callable[[Rgb], Any]]:
        """What is to be painted for a call, and what is done with the result."""
        from tools.pipeline.enhancing import colours
        from tools.pipeline.filling import generated

        photo: Any = call.inputs[0]
        if op == "erase":
            task = generated.erasing(photo, call.args, self.canvas)
            return task, lambda made: colours.together(made, colours.apart(photo)[1])
        task, x, y = generated.expanding(photo, call.args, self.canvas)
        return task, lambda made: {"image": made, "x": x, "y": y}

    def close(self) -> None:
        self.pipe.close()


def bucket(canvas: Canvas, op: str, args: Mapping[str, Any], size: tuple[int, int]) -> str:
    """The LoRA and, where one can tell without the pixels, the shape that the model is given."""
    height, width = size
    if op != "expand" or not height:
        # Each hole has a shape of its own; those that are alike run together all the same.
        return style(args)
    left, right, top, bottom = added(args, width, height)
    high, wide = canvas.size(height + top + bottom, width + left + right)
    return f"{wide}x{high} {style(args)}".rstrip()


def engine(name: str, title: str, model: Model, memory: int, pace: float) -> Engine:
    weights = WEIGHTS[model.weights]
    named = (model.weights, *(model.distilled[:1] if model.distilled else ()))
    return Engine(
        name=name,
        title=title,
        kind="fill",
        version="2",
        licence=weights.licence,
        commercial=weights.commercial,
        generative=True,
        load=lambda: Painter(model),
        missing=lacking("torch", LIBRARIES, *named),
        needs=Needs(device="cuda", memory=memory, weights=named),
        credits_per_run=8,
        pace=pace,
        batch=4,
        bucket=partial(bucket, model.canvas),
    )


ENGINES = (
    engine("sdxl", "Stable Diffusion XL", SDXL, 12_000, 2.0),
    engine("sdxl-lightning", "SDXL Lightning", LIGHTNING, 12_000, 0.6),
    engine("flux-fill", "FLUX.1 Fill", FLUX_FILL, 36_000, 6.0),
)
