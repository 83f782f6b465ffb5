"""Sun through a window, a blind or leaves, on wall and table."""

from tools.pipeline.scenes.facts import Gobo, Light, Scene, Surface
from tools.pipeline.scenes.families.views import WALL

SUN = Light(
    direction=232, elevation=36, softness=0.2, key=0.56, colour="#fff3df", ambient="#e9eefc"
)
MORNING = Light(
    direction=226, elevation=32, softness=0.2, key=0.55, colour="#ffe8c8", ambient="#e6ecfb"
)
NOON = Light(
    direction=236, elevation=44, softness=0.2, key=0.58, colour="#fffaf0", ambient="#edf1fb"
)

PLASTER = Surface("plaster", ("#efe9df", "#e0d6c7"))
CLAY = Surface("plaster", ("#d9a98a", "#c48f6f"))
SAGE = Surface("plaster", ("#c6ceb9", "#b2bca3"))
BLUE = Surface("plaster", ("#bccbd4", "#a6b8c3"))
PAPER = Surface("paper", ("#f4f0e9",))
OAK = Surface("table", ("#d6b88f", "#a98355", "#4a3520"), contrast=0.8, gloss=0.15)


def sunlit(
    slug: str, name: str, floor: Surface, wall: Surface, light: Light, gobo: Gobo, seed: int
) -> Scene:
    return Scene(slug, name, "window", floor, wall, WALL, light, gobo=gobo, seed=seed)


SCENES = (
    sunlit(
        "window-morning",
        "Morning window",
        PAPER,
        PLASTER,
        MORNING,
        Gobo("window", 2.1, 0.005, x=-0.06),
        81,
    ),
    sunlit(
        "window-oak", "Window over oak", OAK, PLASTER, SUN, Gobo("window", 2.2, 0.005, x=-0.04), 82
    ),
    sunlit("window-palm", "Palm shadow", PAPER, PLASTER, SUN, Gobo("palm", 1.5, 0.006), 83),
    sunlit(
        "window-palm-clay", "Palm shadow on clay", CLAY, CLAY, SUN, Gobo("palm", 1.5, 0.006), 84
    ),
    sunlit(
        "window-olive", "Olive branch shadow", PAPER, PAPER, NOON, Gobo("branch", 1.5, 0.006), 85
    ),
    sunlit(
        "window-olive-sage",
        "Branch shadow on sage",
        SAGE,
        SAGE,
        NOON,
        Gobo("branch", 1.4, 0.007),
        86,
    ),
    sunlit("window-monstera", "Monstera shadow", OAK, PAPER, SUN, Gobo("monstera", 1.5, 0.007), 87),
    sunlit("window-blinds", "Through the blinds", PAPER, BLUE, SUN, Gobo("blinds", 1.6, 0.005), 88),
    sunlit(
        "window-dapple",
        "Under the trees",
        Surface("linen", ("#eae2d3", "#d9ceba")),
        PLASTER,
        NOON,
        Gobo("dapple", 1.7, 0.006),
        89,
    ),
)
