"""The engines that need no GPU and no download: classical methods and one small network, ours."""

from collections.abc import Callable
from typing import Any

from tools.pipeline.engines import own_network
from tools.pipeline.engines.descriptor import Engine, Kind


def matte() -> Any:
    """With our network, or where its runtime is not installed by the classical search alone."""
    if own_network.there():
        return own_network.OwnNetwork()
    from tools.pipeline.matting import steps

    return steps


def enhancing() -> Any:
    from tools.pipeline.enhancing import steps

    return steps


def filling() -> Any:
    from tools.pipeline.filling import steps

    return steps


def engine(kind: Kind, load: Callable[[], Any], pace: float, version: str = "1") -> Engine:
    return Engine(
        name="embedded",
        title="Built in",
        kind=kind,
        version=version,
        licence="Packshot",
        commercial=True,
        load=load,
        pace=pace,
    )


ENGINES = (
    engine("matte", matte, 0.6, version="3" if own_network.there() else "2"),
    engine("denoise", enhancing, 1.5),
    engine("upscale", enhancing, 3.0),
    engine("fill", filling, 3.0),
)
