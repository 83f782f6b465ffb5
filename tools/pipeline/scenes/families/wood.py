"""Table tops of oak, walnut, ash and char."""

from tools.pipeline.scenes.facts import Light, Scene, Surface
from tools.pipeline.scenes.families.views import LOW, TABLE

DAY = Light(direction=240, elevation=46, softness=0.6, key=0.55, colour="#fffaf2")
WARM = Light(direction=250, elevation=34, softness=0.4, key=0.66, colour="#fff0dc")

OAK = Surface("table", ("#c9a474", "#93683c", "#3a2715"), gloss=0.18)
WALNUT = Surface("table", ("#7d5538", "#452a19", "#1a0f08"), gloss=0.25)
ASH = Surface("table", ("#e3d4bd", "#c2aa88", "#7d6a50"), contrast=0.8, gloss=0.12)
PINE = Surface("boards", ("#dcc096", "#b38c58", "#5f4527"), contrast=0.85, gloss=0.1)
CHAR = Surface("table", ("#3a3532", "#1d1a19", "#080707"), gloss=0.3)
WASHED = Surface("boards", ("#d9d4cb", "#b3aba0", "#77716a"), contrast=0.8, gloss=0.05)
CHERRY = Surface("slab", ("#b06f45", "#7a4023", "#2a140a"), scale=1.2, gloss=0.3)

SCENES = (
    Scene(
        "wood-oak",
        "Oak table",
        "wood",
        OAK,
        Surface("plaster", ("#ece7df", "#dcd4c8")),
        TABLE,
        DAY,
        seed=41,
    ),
    Scene(
        "wood-walnut",
        "Walnut table",
        "wood",
        WALNUT,
        Surface("plaster", ("#d8d2c8", "#c5bcae")),
        TABLE,
        DAY,
        seed=42,
    ),
    Scene(
        "wood-ash",
        "Pale ash table",
        "wood",
        ASH,
        Surface("paper", ("#f1eee8",)),
        TABLE,
        DAY,
        seed=43,
    ),
    Scene(
        "wood-pine",
        "Pine boards",
        "wood",
        PINE,
        Surface("plaster", ("#e3e6e2", "#cfd4cf")),
        LOW,
        WARM,
        seed=44,
    ),
    Scene(
        "wood-char",
        "Charred wood",
        "wood",
        CHAR,
        Surface("concrete", ("#5a5856", "#434140")),
        TABLE,
        WARM,
        glow=0.5,
        seed=45,
    ),
    Scene(
        "wood-washed",
        "White-washed boards",
        "wood",
        WASHED,
        Surface("plaster", ("#dfe3e4", "#cbd1d3")),
        LOW,
        DAY,
        seed=46,
    ),
    Scene(
        "wood-cherry",
        "Cherry wood slab",
        "wood",
        CHERRY,
        Surface("plaster", ("#e8ded0", "#d6c7b3")),
        TABLE,
        WARM,
        seed=47,
    ),
)
