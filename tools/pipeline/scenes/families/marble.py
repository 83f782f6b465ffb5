"""Polished and honed stone before a quiet wall."""

from tools.pipeline.scenes.facts import Light, Scene, Surface
from tools.pipeline.scenes.families.views import LOW, TABLE

DAY = Light(direction=242, elevation=50, softness=0.7, key=0.5)
SIDE = Light(direction=250, elevation=40, softness=0.5, key=0.62)

CARRARA = Surface("marble", ("#f3f3f2", "#d3d6d9", "#777c82"), gloss=0.55)
CALACATTA = Surface(
    "marble", ("#f7f4ef", "#e8e2d8", "#85786a", "#cfae7c"), contrast=1.15, gloss=0.55
)
NERO = Surface("marble", ("#17181a", "#24262a", "#b9b6ae", "#4a4a4a"), contrast=0.8, gloss=0.8)
VERDE = Surface("marble", ("#1f4034", "#2d5a48", "#9fb8a3", "#4f7d66"), contrast=0.8, gloss=0.3)
ROSA = Surface("marble", ("#ecd3c8", "#dcb2a4", "#9a6a60", "#c98f80"), contrast=0.85, gloss=0.5)
TRAVERTINE = Surface("travertine", ("#e9dcc6", "#cdb797", "#7a664c"), gloss=0.15)
SLATE = Surface("slate", ("#4c5156", "#6e7276"), gloss=0.12)

SCENES = (
    Scene(
        "marble-light",
        "Light marble",
        "marble",
        CARRARA,
        Surface("plaster", ("#eeece8", "#dedad3")),
        TABLE,
        DAY,
        seed=31,
    ),
    Scene(
        "marble-gold",
        "Marble with gold veins",
        "marble",
        CALACATTA,
        Surface("paper", ("#efe8dd",)),
        TABLE,
        DAY,
        seed=32,
    ),
    Scene(
        "marble-black",
        "Black marble",
        "marble",
        NERO,
        Surface("plaster", ("#3d3d40", "#2c2c2f")),
        TABLE,
        SIDE,
        glow=0.8,
        seed=33,
    ),
    Scene(
        "marble-green",
        "Green marble",
        "marble",
        VERDE,
        Surface("plaster", ("#d9dccf", "#c3c8b8")),
        LOW,
        DAY,
        seed=34,
    ),
    Scene(
        "marble-rose",
        "Rose marble",
        "marble",
        ROSA,
        Surface("plaster", ("#f0ddd4", "#e3c8bc")),
        TABLE,
        DAY,
        seed=35,
    ),
    Scene(
        "travertine-warm",
        "Travertine",
        "marble",
        TRAVERTINE,
        Surface("plaster", ("#eadfce", "#d8c8b0")),
        TABLE,
        SIDE,
        seed=36,
    ),
    Scene(
        "slate-dark",
        "Slate",
        "marble",
        SLATE,
        Surface("concrete", ("#8d9093", "#6c7073")),
        LOW,
        SIDE,
        seed=37,
    ),
)
