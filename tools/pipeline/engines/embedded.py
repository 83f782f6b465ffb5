"""The engines that need no model, no GPU and no download: classical methods, ours."""

from collections.abc import Callable
from typing import Any

from tools.pipeline.engines.descriptor import Engine, Kind


def matting() -> Any:
    from tools.pipeline.matting import steps

    return steps


def enhancing() -> Any:
    from tools.pipeline.enhancing import steps

    return steps


def filling() -> Any:
    from tools.pipeline.filling import steps

    return steps


def engine(kind: Kind, load: Callable[[], Any], pace: float) -> Engine:
    return Engine(
        name="embedded",
        title="Built in",
        kind=kind,
        version="1",
        licence="Packshot",
        commercial=True,
        load=load,
        pace=pace,
    )


ENGINES = (
    engine("matte", matting, 0.6),
    engine("denoise", enhancing, 1.5),
    engine("upscale", enhancing, 3.0),
    engine("fill", filling, 3.0),
)
