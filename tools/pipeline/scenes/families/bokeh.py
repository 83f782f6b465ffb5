"""A table top before a room, a garden or a city far out of focus."""

from tools.pipeline.scenes.facts import Backdrop, Light, Scene, Surface
from tools.pipeline.scenes.families.views import FAR
from tools.pipeline.scenes.families.wood import ASH, CHAR, OAK, PINE, WALNUT

WARM = Light(direction=320, elevation=40, softness=0.6, key=0.6, colour="#ffe9cc")
COOL = Light(direction=320, elevation=45, softness=0.6, key=0.55, colour="#eaf1ff")
GREEN = Light(direction=310, elevation=52, softness=0.5, key=0.6, colour="#fdfbe8")


def before(
    slug: str, name: str, floor: Surface, light: Light, backdrop: Backdrop, seed: int
) -> Scene:
    return Scene(slug, name, "bokeh", floor, None, FAR, light, backdrop=backdrop, seed=seed)


SCENES = (
    before(
        "bokeh-evening",
        "Warm evening",
        WALNUT,
        WARM,
        Backdrop(
            "lights",
            ("#3b2417", "#6d4426", "#22150e"),
            ("#ffcf8a", "#ffb25e", "#ffe9c4"),
            46,
            0.045,
        ),
        91,
    ),
    before(
        "bokeh-garden",
        "Summer garden",
        PINE,
        GREEN,
        Backdrop(
            "lights", ("#5f8a3c", "#9dbb62", "#33552a"), ("#dcec9c", "#a7cc66", "#fbfbdc"), 70, 0.05
        ),
        92,
    ),
    before(
        "bokeh-kitchen",
        "Bright kitchen",
        OAK,
        COOL,
        Backdrop("lights", ("#e6e4df", "#cfcac1", "#f4f2ee"), ("#ffffff", "#fff4df"), 14, 0.07),
        93,
    ),
    before(
        "bokeh-city",
        "City at night",
        CHAR,
        COOL,
        Backdrop(
            "lights",
            ("#101627", "#1d2a4a", "#070a14"),
            ("#6aa5ff", "#ff8f5a", "#ffd98a", "#d07bff"),
            64,
            0.038,
        ),
        94,
    ),
    before(
        "bokeh-cafe",
        "Coffee shop",
        WALNUT,
        WARM,
        Backdrop("lights", ("#6b4c36", "#9b7350", "#3d2b1f"), ("#ffe1b0", "#ffc47a"), 26, 0.05),
        95,
    ),
    before(
        "bokeh-sea",
        "By the sea",
        ASH,
        COOL,
        Backdrop("lights", ("#9cc7db", "#d3e7ee", "#6aa6c4"), ("#ffffff", "#e6f6ff"), 44, 0.035),
        96,
    ),
)
