"""What stands about in a home: never the product, often out of focus."""

import math
import random

import bpy

from scripts.render_samples import labels, materials
from scripts.render_samples.curves import circle, rounded, smooth_path
from scripts.render_samples.meshes import ball, box, lathe, sheet, sweep
from scripts.render_samples.nodes import Nodes, rgb
from scripts.render_samples.scene import Point, group


def lemon() -> bpy.types.Object:
    nodes = Nodes("lemon")
    pores = nodes.node("TexVoronoi", {"Vector": nodes.coords(), "Scale": 620.0}).outputs[0]
    tone = nodes.mix(
        nodes.scaled(nodes.noise(30, 4), 0, 1, 0.35, 0.7),
        rgb("#f2c21b"),
        rgb("#e0a010"),
    )
    skin = nodes.principled(
        base_color=tone, roughness=0.38, subsurface_weight=0.15, subsurface_scale=0.004,
        subsurface_radius=(1, 0.6, 0.2), normal=nodes.bump(pores, 0.0007, 0.55),
    )  # fmt: skip
    profile = [
        (0.0, -0.041), (0.0035, -0.0405), (0.006, -0.037), (0.016, -0.031), (0.026, -0.016), (0.0285, 0),
        (0.026, 0.016), (0.016, 0.031), (0.0065, 0.0375), (0.0045, 0.0425), (0.002, 0.0445), (0, 0.0445),
    ]  # fmt: skip
    body = lathe("lemon", rounded(profile, 0.01, 5), skin, turns=64)
    body.rotation_euler = (math.pi / 2, 0, 0)
    body.location.z = 0.0283
    return group("lemon", [body])


def board(light: str = "#b98754", dark: str = "#7a4a24") -> bpy.types.Object:
    return group(
        "board", [box("board", (0.36, 0.24, 0.02), materials.wood(light, dark), bevel=0.006)]
    )


def bowl(colour: str = "#5d7480", clay: str = "#c9b79c") -> bpy.types.Object:
    profile = rounded(
        [(0, 0.006), (0.04, 0.006), (0.044, 0), (0.05, 0), (0.055, 0.01), (0.1, 0.045), (0.115, 0.078), (0.111, 0.078), (0.096, 0.048), (0.05, 0.015), (0, 0.012)],
        0.008,
    )  # fmt: skip
    return group("bowl", [lathe("bowl", profile, materials.stoneware(colour, clay, 0.004))])


def plates(count: int = 4) -> bpy.types.Object:
    stuff = materials.stoneware("#e4e0d8", "#b7a48c", 0.002)
    profile = rounded(
        [
            (0, 0.003),
            (0.07, 0.003),
            (0.075, 0),
            (0.08, 0.002),
            (0.125, 0.016),
            (0.1245, 0.0195),
            (0.08, 0.0075),
            (0, 0.007),
        ],
        0.004,
    )
    stack = []
    for level in range(count):
        plate = lathe("plate", profile, stuff, turns=96)
        plate.location = (
            random.uniform(-0.003, 0.003),
            random.uniform(-0.003, 0.003),
            level * 0.0095,
        )
        stack.append(plate)
    return group("plates", stack)


def grain(colour: str) -> bpy.types.Material:
    nodes = Nodes("grain")
    cells = nodes.node("TexVoronoi", {"Vector": nodes.coords(), "Scale": 170.0}).outputs[0]
    return nodes.principled(
        base_color=nodes.mix(nodes.scaled(cells, 0, 1, 0, 0.7), rgb(colour), rgb("#3c2712")),
        roughness=0.8,
        normal=nodes.bump(cells, 0.003, 0.8),
    )


def jar(filling: str = "#c99b5a", height: float = 0.17, radius: float = 0.052) -> bpy.types.Object:
    wall = rounded(
        [
            (0, 0.004),
            (radius - 0.006, 0.004),
            (radius - 0.002, 0),
            (radius, 0.004),
            (radius, height - 0.02),
            (radius - 0.007, height - 0.006),
            (radius - 0.007, height),
            (radius - 0.011, height),
            (radius - 0.011, height - 0.01),
            (radius - 0.004, height - 0.025),
            (radius - 0.004, 0.008),
            (0, 0.008),
        ],
        0.003,
    )
    heap = lathe(
        "grain",
        rounded(
            [
                (0, 0.0085),
                (radius - 0.0045, 0.0085),
                (radius - 0.0045, height * 0.66),
                (0, height * 0.72),
            ],
            0.004,
        ),
        grain(filling),
    )
    lid = lathe(
        "lid",
        rounded(
            [
                (0, height - 0.012),
                (radius - 0.0115, height - 0.012),
                (radius - 0.0105, height + 0.001),
                (radius - 0.004, height + 0.001),
                (radius - 0.004, height + 0.014),
                (0, height + 0.0145),
            ],
            0.002,
        ),
        materials.wood("#c69c6d", "#8f6238"),
    )
    return group("jar", [lathe("jar", wall, materials.glass()), heap, lid])


def crock() -> bpy.types.Object:
    """A pot of wooden spoons."""
    pot = lathe(
        "crock",
        rounded(
            [
                (0, 0.004),
                (0.05, 0),
                (0.055, 0.01),
                (0.055, 0.14),
                (0.05, 0.14),
                (0.05, 0.012),
                (0, 0.01),
            ],
            0.005,
        ),
        materials.stoneware("#d9d3c6", "#b78e68", 0.02),
    )
    parts = [pot]
    for spoon in range(5):
        lean = spoon * 1.3 + 0.4
        foot = (0.02 * math.cos(lean + 2.5), 0.02 * math.sin(lean + 2.5), 0.015)
        top = (0.06 * math.cos(lean), 0.06 * math.sin(lean), 0.26 + 0.015 * (spoon % 3))
        stuff = materials.wood(*(("#c99a63", "#8e5d2f"), ("#8a5a34", "#4d2d17"))[spoon % 2])
        parts.append(sweep("spoon", [foot, top], circle(0.005), stuff, up=(0, 1, 0)))
        if spoon % 3 != 1:
            head = ball("spoon", (0.023, 0.009, 0.034), (top[0], top[1], top[2] + 0.024), stuff)
            head.rotation_euler = (0, 0.12 * math.cos(lean), lean)
            parts.append(head)
    return group("crock", parts)


def kettle(colour: str = "#22313a") -> bpy.types.Object:
    shell = materials.plastic(colour, 0.28)
    body = lathe(
        "kettle",
        rounded(
            [
                (0, 0),
                (0.085, 0),
                (0.092, 0.012),
                (0.086, 0.08),
                (0.06, 0.15),
                (0.035, 0.162),
                (0, 0.168),
            ],
            0.02,
        ),
        shell,
    )
    knob = ball("knob", (0.013, 0.013, 0.012), (0, 0, 0.178), materials.wood("#a8794a", "#6d4424"))
    spout = sweep(
        "spout",
        smooth_path([(0.07, 0, 0.07), (0.105, 0, 0.1), (0.118, 0, 0.135), (0.135, 0, 0.15)]),
        circle(0.014),
        shell,
        up=(0, 1, 0),
        swell=lambda t: 1.4 - 0.6 * t,
    )
    handle = sweep(
        "handle",
        smooth_path(
            [(-0.06, 0, 0.14), (-0.055, 0, 0.2), (0, 0, 0.235), (0.055, 0, 0.2), (0.06, 0, 0.14)]
        ),
        circle(0.008),
        materials.wood("#a8794a", "#6d4424"),
        up=(0, 1, 0),
    )
    return group("kettle", [body, knob, spout, handle])


def towel(colour: str = "#e8e2d6", stripe: str = "#5c7a8c") -> bpy.types.Object:
    """Folded twice and dropped: a stack of soft layers."""
    nodes = Nodes("towel")
    across = nodes.node("SeparateXYZ", {0: nodes.coords()}).outputs[0]
    bands = nodes.maths(
        "LESS_THAN", nodes.maths("FRACT", nodes.maths("MULTIPLY", across, 26.0)), 0.22
    )
    weave = nodes.node(
        "TexWave",
        {"Vector": nodes.coords(), "Scale": 380.0, "Distortion": 1.5},
        bands_direction="DIAGONAL",
    ).outputs[1]
    stuff = nodes.principled(
        base_color=nodes.mix(bands, rgb(colour), rgb(stripe)), roughness=0.95, sheen_weight=0.3,
        normal=nodes.bump(nodes.maths("ADD", weave, nodes.noise(700, 4)), 0.0006, 0.6),
    )  # fmt: skip
    parts = []
    for layer in range(4):
        wave = random.uniform(0, 6)

        def shape(u: float, v: float, level: int = layer, phase: float = wave) -> Point:
            x, y = (u - 0.5) * 0.25, (v - 0.5) * 0.17
            lift = 0.0022 * math.sin(x * 38 + phase) + 0.002 * math.sin(y * 46 + x * 21 + phase * 2)
            sag = -0.003 * (2 * abs(u - 0.5)) ** 6
            return (
                x + 0.002 * math.sin(y * 60 + phase),
                y + 0.003 * math.sin(x * 40 + phase),
                0.006 + level * 0.0058 + lift * 0.5 + sag,
            )

        layer_sheet = sheet("towel", 60, 40, shape, stuff)
        solid = layer_sheet.modifiers.new("solid", "SOLIDIFY")
        solid.thickness = 0.0052
        soft = layer_sheet.modifiers.new("soft", "SUBSURF")
        soft.levels = soft.render_levels = 2
        parts.append(layer_sheet)
    return group("towel", parts)


def book(size: Point, cover: str, title: str = "") -> bpy.types.Object:
    """Lies flat, its spine towards -y. `size` is along the spine, across, thick."""
    length, width, thick = size
    stuff = materials.cloth(cover, "#2b2622")
    nodes = Nodes("pages")
    fine = {"Vector": nodes.coords(), "Scale": 700.0, "Distortion": 2.0}
    leaves = nodes.node("TexWave", fine, bands_direction="Z").outputs[1]
    tone = nodes.mix(nodes.scaled(leaves, 0, 1), rgb("#efe6d2"), rgb("#c9bc9f"))
    pages = nodes.principled(base_color=tone, roughness=0.9)
    board = 0.0025
    block = (length - 0.008, width - 0.006, thick - 2 * board)
    parts = [
        box("cover", (length, width, board), stuff, bevel=0.0008),
        box("cover", (length, width, board), stuff, bevel=0.0008, at=(0, 0, thick - board)),
        box("spine", (length, board, thick), stuff, bevel=0.001, at=(0, -width / 2, 0)),
        box("pages", block, pages, bevel=0.0003, at=(0, -0.001, board)),
    ]
    if title:
        long, tall, front = length * 0.7, length * 0.07, -width / 2 - board / 2 - 0.0002

        def shape(u: float, v: float) -> Point:
            return ((u - 0.5) * long, front, thick / 2 + (v - 0.5) * tall)

        parts.append(sheet("title", 1, 1, shape, materials.foil(labels.spine(title))))
    return group("book", parts)
