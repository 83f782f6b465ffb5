"""A plinth for the product, with an arch, a disc or a ball for company."""

from tools.pipeline.scenes.facts import Light, Scene, Solid, Surface
from tools.pipeline.scenes.families.marble import CALACATTA, CARRARA, NERO
from tools.pipeline.scenes.families.views import STAGE

DAY = Light(direction=238, elevation=48, softness=0.55, key=0.5)
SIDE = Light(direction=255, elevation=40, softness=0.35, key=0.6)


def paint(colour: str) -> Surface:
    return Surface("paper", (colour,))


def plinth(surface: Surface, width: float = 0.62, height: float = 0.11) -> Solid:
    return Solid("cylinder", surface, width, height, stage=True)


SCENES = (
    Scene(
        "podium-white",
        "White podium",
        "podium",
        paint("#f4f3f1"),
        paint("#f0efec"),
        STAGE,
        DAY,
        (plinth(paint("#fbfaf8")),),
        seed=71,
    ),
    Scene(
        "podium-blush",
        "Blush podium and arch",
        "podium",
        paint("#ecc3b8"),
        paint("#f1cfc6"),
        STAGE,
        DAY,
        (
            plinth(paint("#f6ddd5")),
            Solid("arch", paint("#e6b0a3"), 0.62, 0.86, 0.05, x=0.03, z=0.42),
        ),
        seed=72,
    ),
    Scene(
        "podium-sage",
        "Sage podium and disc",
        "podium",
        paint("#b9c4ab"),
        paint("#c5cfb8"),
        STAGE,
        DAY,
        (
            plinth(paint("#dde4d3")),
            Solid("disc", paint("#a7b596"), 0.66, depth=0.03, x=0.0, z=0.5, base=0.16),
        ),
        seed=73,
    ),
    Scene(
        "podium-steps",
        "Two steps",
        "podium",
        paint("#e9dfd0"),
        paint("#efe7da"),
        STAGE,
        SIDE,
        (
            Solid("cylinder", paint("#f5efe5"), 0.56, 0.06, base=0.06, stage=True),
            # About the same axis as the step that stands on it.
            Solid("cylinder", paint("#efe6d8"), 0.80, 0.06, z=-0.3216),
            Solid("cylinder", paint("#e5d8c4"), 0.16, 0.42, x=0.40, z=0.40),
        ),
        seed=74,
    ),
    Scene(
        "podium-marble",
        "Marble plinth",
        "podium",
        paint("#e4e0da"),
        Surface("plaster", ("#e8e3db", "#d6cfc4")),
        STAGE,
        DAY,
        (plinth(CARRARA, 0.6, 0.13),),
        seed=75,
    ),
    Scene(
        "podium-marble-gold",
        "Gold-veined plinth",
        "podium",
        paint("#d9cbb6"),
        paint("#e3d6c2"),
        STAGE,
        SIDE,
        (plinth(CALACATTA, 0.6, 0.12), Solid("ball", paint("#c9a25a"), 0.13, x=0.36, z=0.1)),
        seed=76,
    ),
    Scene(
        "podium-black",
        "Black podium",
        "podium",
        paint("#26272a"),
        paint("#2f3033"),
        STAGE,
        SIDE,
        (plinth(NERO, 0.62, 0.11),),
        glow=1.1,
        seed=77,
    ),
    Scene(
        "podium-wood",
        "Wooden plinth",
        "podium",
        paint("#e6ddcf"),
        Surface("plaster", ("#ece4d7", "#dbd0be")),
        STAGE,
        SIDE,
        (plinth(Surface("slab", ("#c79c67", "#8f6236", "#3a2715")), 0.6, 0.09),),
        seed=78,
    ),
    Scene(
        "podium-concrete",
        "Concrete block",
        "podium",
        Surface("concrete", ("#c4c1bb", "#9f9c97")),
        Surface("plaster", ("#d8d4cc", "#c3beb4")),
        STAGE,
        DAY,
        (Solid("box", Surface("concrete", ("#b5b2ac", "#8b8984")), 0.66, 0.12, 0.5, stage=True),),
        seed=79,
    ),
)
