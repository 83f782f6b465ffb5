"""The engines that need no GPU and no download: classical methods and one small network, ours."""

from typing import Any

from tools.pipeline.engines import own_network
from tools.pipeline.engines.descriptor import Engine


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


ENGINES = (
    Engine(
        name="embedded",
        title="Built in",
        kind="matte",
        version="2" if own_network.there() else "1",
        licence="Packshot",
        commercial=True,
        load=matte,
        pace=0.6,
    ),
    Engine(
        name="embedded",
        title="Built in",
        kind="denoise",
        version="1",
        licence="Packshot",
        commercial=True,
        load=enhancing,
        pace=1.5,
    ),
    Engine(
        name="embedded",
        title="Built in",
        kind="upscale",
        version="1",
        licence="Packshot",
        commercial=True,
        load=enhancing,
        pace=3.0,
    ),
    Engine(
        name="embedded",
        title="Built in",
        kind="fill",
        version="1",
        licence="Packshot",
        commercial=True,
        load=filling,
        pace=3.0,
    ),
)
