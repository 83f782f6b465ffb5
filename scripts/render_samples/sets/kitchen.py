"""A kitchen table in use: oak, the morning's things, tiles and a counter behind."""

import bpy

from scripts.render_samples import light, materials, things
from scripts.render_samples.meshes import box
from scripts.render_samples.nodes import Nodes, rgb
from scripts.render_samples.products.mug import mug
from scripts.render_samples.scene import place


def tiles() -> bpy.types.Material:
    nodes = Nodes("tiles")
    where = nodes.node("Mapping", {"Vector": nodes.coords(), "Rotation": (1.5708, 0, 0)}).outputs[0]
    brick = nodes.node(
        "TexBrick",
        {"Vector": where, "Color1": rgb("#dfe3dd"), "Color2": rgb("#cfd6d0"), "Mortar": rgb("#8f8d86"),
         "Scale": 1.0, "Mortar Size": 0.002, "Brick Width": 0.2, "Row Height": 0.1},
    )  # fmt: skip
    return nodes.principled(
        base_color=brick.outputs[0],
        roughness=0.2,
        normal=nodes.bump(nodes.scaled(brick.outputs[1], 1, 0), 0.002),
    )


def table(*, warm: bool = False) -> None:
    """The middle of the table, a hand's width around the origin, is left free."""
    place(
        box(
            "table",
            (1.9, 1.1, 0.045),
            materials.wood("#c29263", "#84562f", plank=0.14),
            bevel=0.004,
        ),
        (0.1, 0.12, -0.045),
    )
    place(things.board(), (0.27, 0.25, 0), (0, 0, 14))
    place(things.lemon(), (0.2, 0.24, 0.02), (0, 0, 50))
    place(things.lemon(), (0.285, 0.22, 0.02), (0, 0, -20))
    place(things.lemon(), (0.25, 0.315, 0.02), (0, 0, 110))
    place(things.bowl(), (-0.3, 0.42, 0))
    place(things.towel(), (-0.245, 0.1, 0), (0, 0, 24))
    place(things.jar(), (-0.1, 0.5, 0))
    place(things.jar("#7a4a22", 0.13, 0.046), (0.03, 0.56, 0))
    place(mug("#55707c", "#a98a6a"), (0.47, 0.47, 0), (0, 0, 60))
    counter()
    if warm:
        light.room("#d8cdbb", "#6b5a48", 0.45, ((-70, 60, 8),))
        light.soft_box((-1.3, -0.5, 1.0), (0, 0.1, 0.05), (0.9, 1.1), 40, 4800)
    else:
        light.room("#d5d6d4", "#6f6459", 0.5, ((-60, 60, 9),))
        light.soft_box((-1.5, 0.35, 1.0), (0, 0.05, 0.06), (0.8, 1.1), 46, 5900)
    light.soft_box((0.6, 1.0, 1.6), (0, 1.7, 0.2), (1.5, 0.6), 30, 4600)


def counter() -> None:
    """A metre and a half behind the table, always out of focus."""
    place(
        box("counter", (4, 0.6, 0.05), materials.paint("#e7e3dc", 0.35), bevel=0.006),
        (0, 1.75, 0.02),
    )
    place(
        box("fronts", (4, 0.55, 1), materials.paint("#3f5a55", 0.45), bevel=0.004), (0, 1.77, -0.99)
    )
    place(box("wall", (5, 0.1, 3), tiles(), bevel=0.001), (0, 2.12, -0.8))
    place(
        box("shelf", (1.6, 0.2, 0.03), materials.wood("#b5854f", "#70451f"), bevel=0.003),
        (0.5, 1.97, 0.62),
    )
    place(things.kettle(), (-0.55, 1.7, 0.07), (0, 0, 30))
    place(things.crock(), (0.25, 1.75, 0.07))
    place(things.plates(6), (0.72, 1.72, 0.07))
    place(things.jar("#d8c7a0", 0.2), (-0.2, 1.85, 0.07))
    for index, colour in enumerate(("#d8d2c4", "#7c8f86", "#b4694a")):
        place(mug(colour), (0.1 + 0.16 * index, 1.95, 0.65), (0, 0, 70 * index))
    place(things.bowl("#d8cdb8"), (0.85, 1.95, 0.65))
