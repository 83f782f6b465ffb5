"""Every scene there is, in the order in which they are shown. Draws nothing, loads nothing."""

from tools.pipeline.errors import PipelineError
from tools.pipeline.scenes.facts import Scene
from tools.pipeline.scenes.families import (
    bokeh,
    concrete,
    fabric,
    marble,
    pastel,
    podium,
    seasonal,
    studio,
    window,
    wood,
)

FAMILIES = {
    "studio": "Studio",
    "marble": "Marble and stone",
    "wood": "Wood",
    "fabric": "Fabric",
    "concrete": "Concrete and plaster",
    "podium": "Podium",
    "window": "Window light",
    "bokeh": "Out of focus",
    "pastel": "Pastel shapes",
    "seasonal": "Seasons",
}

SCENES: tuple[Scene, ...] = (
    *studio.SCENES,
    *marble.SCENES,
    *wood.SCENES,
    *fabric.SCENES,
    *concrete.SCENES,
    *podium.SCENES,
    *window.SCENES,
    *bokeh.SCENES,
    *pastel.SCENES,
    *seasonal.SCENES,
)

BY_SLUG = {scene.slug: scene for scene in SCENES}


class UnknownSceneError(PipelineError):
    """There is no scene of that slug."""

    id = "unknown-scene"
    visitors = True
    again = False


def find_scene(slug: str) -> Scene:
    try:
        return BY_SLUG[slug]
    except KeyError:
        raise UnknownSceneError(slug) from None
