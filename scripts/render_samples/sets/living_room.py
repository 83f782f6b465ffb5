"""A living room's floor: a jute rug on boards, a sofa, a low table and a window out of focus."""

import math
import random

import bpy

from scripts.render_samples import light, materials, things
from scripts.render_samples.curves import rounded
from scripts.render_samples.meshes import ball, box, lathe, sheet, subdivide
from scripts.render_samples.nodes import Nodes, rgb
from scripts.render_samples.scene import Point, group, place


def jute(light_tone: str = "#c9ae82", dark: str = "#94764c") -> bpy.types.Material:
    """Thick braids, side by side."""
    nodes = Nodes("jute")
    where = nodes.node("TexCoord", {}).outputs["Object"]
    wobble = nodes.noise(14, 3, where)
    shifted = nodes.node(
        "VectorMath",
        {
            0: where,
            1: nodes.node("CombineXYZ", {1: nodes.scaled(wobble, -0.004, 0.004)}).outputs[0],
        },
        operation="ADD",
    ).outputs[0]
    rows = nodes.node("TexWave", {"Vector": shifted, "Scale": 22.0}, bands_direction="Y").outputs[1]
    twist = nodes.node(
        "TexWave",
        {"Vector": shifted, "Scale": 34.0, "Distortion": 2.5, "Detail": 2.0},
        bands_direction="DIAGONAL",
    ).outputs[1]
    fibre = nodes.noise(420, 5, where)
    height = nodes.maths(
        "ADD",
        nodes.maths("MULTIPLY", rows, 1.0),
        nodes.maths(
            "ADD", nodes.maths("MULTIPLY", twist, 0.45), nodes.maths("MULTIPLY", fibre, 0.3)
        ),
    )
    tone = nodes.mix(nodes.scaled(height, 0, 1, 0.3, 1.5), rgb(dark), rgb(light_tone))
    tone = nodes.mix(nodes.scaled(nodes.noise(6, 4), 0, 0.35, 0.35, 0.7), tone, rgb("#7c5f3a"))
    return nodes.principled(
        base_color=tone, roughness=0.95, sheen_weight=0.2, normal=nodes.bump(height, 0.004, 0.9)
    )


def cushion(colour: str, size: float = 0.42) -> bpy.types.Object:
    def shape(u: float, v: float) -> Point:
        x, y = u * 2 - 1, v * 2 - 1
        pinch = 1 - 0.07 * (1 - abs(x) ** 3) * abs(y) ** 3 - 0.07 * (1 - abs(y) ** 3) * abs(x) ** 3
        return (x * size / 2 * pinch, y * size / 2 * pinch, 0.09 * ((1 - x**4) * (1 - y**4)) ** 0.6)

    stuff = materials.cloth(colour, "#5d5245", thread=0.0015)
    front = sheet("cushion", 30, 30, shape, stuff)
    back = sheet(
        "cushion", 30, 30, lambda u, v: (shape(u, v)[0], shape(u, v)[1], -shape(u, v)[2]), stuff
    )
    return group("cushion", [front, back])


def sofa(colour: str = "#73808a") -> bpy.types.Object:
    stuff = materials.cloth(colour, "#4a545c", thread=0.0016)
    parts = [
        box("seat", (0.95, 0.8, 0.19), stuff, bevel=0.05, at=(-0.48, 0, 0.24)),
        box("seat", (0.95, 0.8, 0.19), stuff, bevel=0.05, at=(0.48, 0, 0.24)),
        box("base", (2.1, 0.85, 0.16), stuff, bevel=0.02, at=(0, 0, 0.1)),
        box("back", (2.1, 0.22, 0.6), stuff, bevel=0.08, at=(0, 0.4, 0.2)),
        box("arm", (0.2, 0.9, 0.45), stuff, bevel=0.07, at=(-1.08, 0, 0.12)),
        box("arm", (0.2, 0.9, 0.45), stuff, bevel=0.07, at=(1.08, 0, 0.12)),
    ]
    oak = materials.wood("#a8774a", "#6d4526")
    parts += [lathe("leg", [(0.018, 0), (0.026, 0.12)], oak, turns=24) for _ in range(2)]
    parts[-1].location, parts[-2].location = (-1.0, -0.35, 0), (1.0, -0.35, 0)
    first = cushion("#c98f56")
    place(first, (-0.72, 0.16, 0.6), (68, 12, 10))
    second = cushion("#e3dccd")
    place(second, (0.62, 0.14, 0.6), (66, -8, -12))
    return group("sofa", [*parts, first, second])


def curtain() -> bpy.types.Object:
    def shape(u: float, v: float) -> Point:
        return (0.05 * math.sin(u * 44) + 0.015 * math.sin(u * 91 + v), u * 0.9, v * 2.5)

    return sheet("curtain", 160, 6, shape, materials.sheer("#efe9dc", "#d5ccb9", 0.002))


def basket() -> bpy.types.Object:
    nodes = Nodes("wicker")
    weave = nodes.node(
        "TexBrick",
        {
            "Vector": nodes.node("TexCoord", {}).outputs["Object"],
            "Scale": 26.0,
            "Color1": (1, 1, 1, 1),
            "Color2": (0.5, 0.5, 0.5, 1),
        },
    )
    stuff = nodes.principled(
        base_color=rgb("#a9804f"),
        roughness=0.8,
        normal=nodes.bump(weave.outputs[0], 0.01),
    )
    wall = lathe(
        "basket",
        rounded(
            [
                (0, 0),
                (0.17, 0),
                (0.2, 0.12),
                (0.19, 0.3),
                (0.18, 0.3),
                (0.19, 0.12),
                (0.16, 0.01),
                (0, 0.01),
            ],
            0.02,
        ),
        stuff,
    )
    throw = subdivide(
        ball(
            "throw",
            (0.17, 0.17, 0.1),
            (0, 0, 0.28),
            materials.cloth("#d9d0bd", "#a99c84", thread=0.003),
        )
    )
    return group("basket", [wall, throw])


def floor(rug: tuple[str, str] = ("#c9ae82", "#94764c"), *, sofa_colour: str = "#73808a") -> None:
    """The origin is on the rug, in front of the sofa."""
    place(
        box("boards", (6, 6, 0.02), materials.wood("#b98a5c", "#7c5230", plank=0.13), bevel=0.001),
        (0, 1, -0.032),
    )
    place(box("rug", (2.3, 1.5, 0.012), jute(*rug), bevel=0.005), (0.05, 0.2, -0.012), (0, 0, 3))
    place(sofa(sofa_colour), (0.25, 1.55, 0), (0, 0, -4))
    place(box("wall", (8, 0.1, 3), materials.paint("#d6d0c4"), bevel=0.001), (0, 2.25, -0.1))
    place(
        box("skirting", (8, 0.03, 0.12), materials.paint("#eeeae2", 0.4), bevel=0.004), (0, 2.19, 0)
    )
    place(basket(), (-1.12, 0.98, -0.012))
    stack = 0.0
    for index, colour in enumerate(("#8c4a35", "#33424d", "#c7b48e", "#5a6b58")):
        thick = (0.028, 0.02, 0.034, 0.018)[index]
        place(
            things.book((0.26 - 0.015 * index, 0.18 - 0.01 * index, thick), colour),
            (0.44, 0.36, stack),
            (0, 0, random.uniform(-14, 14)),
        )
        stack += thick
    place(curtain(), (-2.1, 0.1, -0.1), (0, 0, -14))
    light.room("#d4cfc6", "#7a6049", 0.55, ((-80, 55, 9), (-130, 30, 6)))
    light.soft_box((-1.9, -0.35, 1.5), (0, 0.2, 0.15), (1.1, 1.7), 120, 5600)
    light.soft_box((1.6, 1.2, 1.7), (0.2, 1.6, 0.4), (0.5, 0.5), 16, 3000)


def side_table() -> None:
    """An evening corner: a table top at the origin, the sofa and a picture wall behind."""
    place(
        box("top", (0.9, 0.55, 0.03), materials.wood("#9c6b41", "#5b381f", fine=1.6), bevel=0.004),
        (0.1, 0.05, -0.03),
    )
    place(sofa("#8a6f5a"), (0.9, 1.05, -0.56), (0, 0, -14))
    place(box("wall", (8, 0.1, 4), materials.paint("#5e6f72"), bevel=0.001), (0, 1.75, -1.6))
    for x, wide, tall, colour in (
        (-0.55, 0.34, 0.46, "#c9a27a"),
        (-0.1, 0.26, 0.34, "#e4ddcf"),
        (-0.5, 0.3, 0.24, "#7e98a0"),
    ):
        low = 0.95 if colour == "#7e98a0" else 0.38
        place(
            box("frame", (wide, 0.02, tall), materials.wood("#b98d5b", "#7d5630"), bevel=0.003),
            (x, 1.69, low),
        )
        place(
            box("print", (wide - 0.06, 0.01, tall - 0.06), materials.paint(colour), bevel=0.001),
            (x, 1.678, low + 0.03),
        )
    place(things.book((0.24, 0.17, 0.028), "#8c4a35"), (0.28, 0.07, 0), (0, 0, 17))
    place(things.book((0.21, 0.15, 0.022), "#d8c9a8"), (0.275, 0.075, 0.028), (0, 0, 9))
    glasses = place(things.bowl("#c9b08c", "#8d7354"), (-0.27, 0.13, 0), scale=0.62)
    glasses.rotation_euler.z = 1
    place(things.jar("#31424a", 0.1, 0.04), (-0.36, 0.27, 0))
    light.room("#8f8b86", "#4a3a2c", 0.4, ((-100, 60, 5),))
    light.soft_box((-2.0, -0.5, 1.1), (0, 0.1, 0.2), (0.9, 1.4), 42, 6600)
    light.soft_box((1.7, 0.3, 1.5), (0.6, 1.2, 0.2), (0.3, 0.3), 16, 3000)
