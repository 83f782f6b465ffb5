"""Mineral surfaces: concrete, plaster, terrazzo, glazed tiles."""

from tools.pipeline.scenes.facts import Light, Scene, Surface
from tools.pipeline.scenes.families.views import LOW, SWEEP, TABLE

DAY = Light(direction=240, elevation=45, softness=0.55, key=0.58)
SIDE = Light(direction=262, elevation=36, softness=0.35, key=0.66)

GREY = Surface("concrete", ("#bdbbb7", "#8f8d89"), gloss=0.1)
TERRAZZO = Surface("terrazzo", ("#efebe4", "#c98d70", "#7d8a86", "#d9b98a", "#4c4a48"), gloss=0.3)
CANDY = Surface("terrazzo", ("#f6efe9", "#e9a9a0", "#9dbcae", "#f0c987", "#7c8fb0"), gloss=0.3)

SCENES = (
    Scene(
        "concrete-grey",
        "Grey concrete",
        "concrete",
        GREY,
        Surface("concrete", ("#c9c7c3", "#a09e9a")),
        TABLE,
        DAY,
        seed=61,
    ),
    Scene(
        "concrete-dark",
        "Dark concrete",
        "concrete",
        Surface("concrete", ("#5f6062", "#3e3f41"), gloss=0.15),
        Surface("concrete", ("#6b6c6e", "#48494b")),
        LOW,
        SIDE,
        glow=0.4,
        seed=62,
    ),
    Scene(
        "plaster-warm",
        "Warm plaster",
        "concrete",
        Surface("plaster", ("#e3d3bd", "#cdb797"), contrast=1.8),
        None,
        SWEEP,
        DAY,
        seed=63,
    ),
    Scene(
        "plaster-clay",
        "Clay plaster",
        "concrete",
        Surface("plaster", ("#c58a68", "#a66b4b"), contrast=1.8),
        None,
        SWEEP,
        SIDE,
        seed=64,
    ),
    Scene(
        "plaster-blue",
        "Blue limewash",
        "concrete",
        Surface("concrete", ("#d3d1cc", "#b2b0ab")),
        Surface("plaster", ("#8fa6b5", "#6f8898"), contrast=2.0),
        LOW,
        DAY,
        seed=65,
    ),
    Scene(
        "terrazzo-classic",
        "Terrazzo",
        "concrete",
        TERRAZZO,
        Surface("paper", ("#ece5da",)),
        TABLE,
        DAY,
        seed=66,
    ),
    Scene(
        "terrazzo-candy",
        "Candy terrazzo",
        "concrete",
        CANDY,
        Surface("paper", ("#f2d9d2",)),
        TABLE,
        DAY,
        seed=67,
    ),
    Scene(
        "tiles-white",
        "White tiles",
        "concrete",
        Surface("concrete", ("#cfccc6", "#aeaba5")),
        Surface("tiles", ("#eeeeea", "#cfcac0")),
        LOW,
        DAY,
        seed=68,
    ),
    Scene(
        "tiles-green",
        "Green tiles",
        "concrete",
        Surface("terrazzo", ("#e8e4db", "#9aa79a", "#c9b99a", "#6b7a70"), gloss=0.25),
        Surface("tiles", ("#4f7a68", "#d8d5c8")),
        LOW,
        DAY,
        seed=69,
    ),
)
