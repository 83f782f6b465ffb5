"""Painted shapes in quiet colours."""

from tools.pipeline.scenes.facts import Light, Scene, Solid
from tools.pipeline.scenes.families.podium import paint, plinth
from tools.pipeline.scenes.families.views import STAGE

DAY = Light(direction=236, elevation=46, softness=0.5, key=0.5)


def shapes(
    slug: str, name: str, floor: str, wall: str, solids: tuple[Solid, ...], seed: int
) -> Scene:
    return Scene(slug, name, "pastel", paint(floor), paint(wall), STAGE, DAY, solids, seed=seed)


SCENES = (
    shapes(
        "pastel-peach",
        "Peach arches",
        "#f7d9c4",
        "#fae5d5",
        (
            Solid("arch", paint("#f2bfa0"), 0.5, 0.78, 0.06, x=-0.16, z=0.40),
            Solid("arch", paint("#fbead9"), 0.42, 0.56, 0.06, x=0.20, z=0.30),
        ),
        101,
    ),
    shapes(
        "pastel-mint",
        "Mint and ball",
        "#cfe6da",
        "#dcefe5",
        (
            Solid("disc", paint("#a9d3c0"), 0.62, depth=0.03, x=-0.06, z=0.5, base=0.1),
            Solid("ball", paint("#f4f1e6"), 0.17, x=0.36, z=0.16),
            Solid("ball", paint("#f1c9b6"), 0.09, x=-0.37, z=0.05),
        ),
        102,
    ),
    shapes(
        "pastel-lilac",
        "Lilac steps",
        "#dcd3ec",
        "#e6dff2",
        (
            plinth(paint("#efe9f7"), 0.6, 0.08),
            Solid("box", paint("#c9bbe2"), 0.26, 0.22, 0.26, x=-0.40, z=0.22),
            Solid("box", paint("#d7cbea"), 0.26, 0.40, 0.26, x=0.40, z=0.30),
        ),
        103,
    ),
    shapes(
        "pastel-lemon",
        "Lemon disc",
        "#f8ecc0",
        "#fbf3d6",
        (
            Solid("disc", paint("#f3d67a"), 0.72, depth=0.03, x=0.04, z=0.5, base=0.06),
            Solid("cylinder", paint("#fffaf0"), 0.18, 0.24, x=-0.36, z=0.18),
        ),
        104,
    ),
    shapes(
        "pastel-sky",
        "Sky blocks",
        "#cfdff0",
        "#dde9f5",
        (
            plinth(paint("#eef4fb"), 0.62, 0.1),
            Solid("arch", paint("#b4cdea"), 0.56, 0.8, 0.06, x=-0.10, z=0.45),
            Solid("ball", paint("#f7e3c9"), 0.14, x=0.37, z=0.12),
        ),
        105,
    ),
    shapes(
        "pastel-rose",
        "Rose columns",
        "#f3d0d4",
        "#f7dfe1",
        (
            Solid("cylinder", paint("#eab4bb"), 0.16, 0.62, x=-0.37, z=0.28),
            Solid("cylinder", paint("#f9e9ea"), 0.16, 0.42, x=0.38, z=0.22),
            Solid("disc", paint("#edc0c5"), 0.5, depth=0.03, z=0.5, base=0.22),
        ),
        106,
    ),
)
