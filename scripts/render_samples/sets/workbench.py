"""A carpenter's bench: scarred pine, shavings, chisels and clutter, a tool wall behind."""

import math
import random

import bpy

from scripts.render_samples import light, materials, things
from scripts.render_samples.curves import circle, rounded, smooth_path
from scripts.render_samples.meshes import box, lathe, sheet, sweep
from scripts.render_samples.scene import Point, group, place


def chisel(handle: tuple[str, str] = ("#b5803f", "#6d4520")) -> bpy.types.Object:
    grip = lathe(
        "grip",
        rounded(
            [
                (0, 0),
                (0.012, 0.002),
                (0.0155, 0.03),
                (0.0125, 0.07),
                (0.0142, 0.1),
                (0.01, 0.118),
                (0, 0.118),
            ],
            0.01,
        ),
        materials.wood(*handle, along="y", fine=3),
    )
    steel = materials.metal("#b9bcc0", 0.26)
    ferrule = lathe(
        "ferrule",
        rounded([(0.0105, 0.112), (0.0112, 0.128), (0, 0.13)], 0.001),
        materials.metal("#c8a052", 0.3),
    )
    blade = sweep(
        "blade",
        [(0, 0, 0.128), (0, 0, 0.16), (0, 0, 0.27)],
        [(-0.007, -0.0022), (0.007, -0.0022), (0.0055, 0.0022), (-0.0055, 0.0022)],
        steel,
        up=(0, 1, 0),
    )
    tool = group("chisel", [grip, ferrule, blade])
    tool.rotation_euler = (math.pi / 2, 0, 0)
    return group("chisel", [tool])


def hammer() -> bpy.types.Object:
    shaft = sweep(
        "shaft",
        [(0, 0, 0), (0, 0.1, 0), (0, 0.3, 0)],
        circle(0.0125, 24, flat=0.75),
        materials.wood("#c08d56", "#7d532c", along="y", fine=2),
        swell=lambda t: 1.15 - 0.35 * t,
    )
    steel = materials.metal("#565a5f", 0.34)
    head = sweep(
        "head",
        smooth_path(
            [(-0.055, 0.29, 0), (-0.02, 0.29, 0.002), (0.02, 0.29, 0.002), (0.05, 0.29, 0)]
        ),
        circle(0.0155, 32),
        steel,
        swell=lambda t: 1 - 0.55 * max(t - 0.45, 0) if t > 0.05 else 1.02,
    )
    return group("hammer", [shaft, head])


def shaving(stuff: bpy.types.Material, turns: float, radius: float) -> bpy.types.Object:
    def shape(u: float, v: float) -> Point:
        turn = v * turns * 2 * math.pi
        reach = radius * (1 - 0.5 * v)
        return (
            (u - 0.5) * 0.022 + v * 0.02,
            reach * math.sin(turn),
            radius - reach * math.cos(turn),
        )

    return sheet("shaving", 3, 40, shape, stuff)


def tape() -> bpy.types.Object:
    shell = box("tape", (0.07, 0.035, 0.07), materials.plastic("#e0b21e", 0.35), bevel=0.012)
    rim = box(
        "rim", (0.05, 0.037, 0.05), materials.plastic("#1c1c1e", 0.5), bevel=0.012, at=(0, 0, 0.01)
    )
    return group("tape", [shell, rim])


def vice() -> bpy.types.Object:
    iron = materials.metal("#2f4a5c", 0.5)
    parts = [
        box("jaw", (0.05, 0.16, 0.11), iron, bevel=0.008),
        box("jaw", (0.05, 0.16, 0.11), iron, bevel=0.008, at=(0.11, 0, 0)),
        box("bed", (0.3, 0.09, 0.04), iron, bevel=0.006, at=(0.05, 0, 0)),
    ]
    rod = sweep(
        "bar",
        [(0.2, -0.09, 0.05), (0.2, 0.09, 0.05)],
        circle(0.006),
        materials.metal("#8d9196", 0.3),
    )
    return group("vice", [*parts, rod])


def tool_wall() -> None:
    place(
        box("wall", (4, 0.05, 2), materials.wood("#b7905f", "#8a6238", plank=0.18), bevel=0.001),
        (0, 0.95, -0.3),
    )
    rail = materials.wood("#8d6239", "#563619")
    place(box("rail", (2.4, 0.05, 0.02), rail, bevel=0.002), (0, 0.9, 0.42))
    for index in range(7):
        tool = chisel(
            (("#b5803f", "#6d4520"), ("#7b2d24", "#4b1712"), ("#2e4757", "#182833"))[index % 3]
        )
        place(
            tool,
            (-0.62 + index * 0.085, 0.89, 0.37 + 0.012 * (index % 3)),
            (90, 0, 4 * math.sin(index * 3)),
            0.95,
        )
    place(hammer(), (0.25, 0.88, 0.2), (90, 0, 0))
    square = box("square", (0.03, 0.006, 0.3), materials.metal("#9a9da1", 0.25), bevel=0.001)
    place(square, (0.45, 0.9, 0.2))
    place(box("square", (0.2, 0.012, 0.035), rail, bevel=0.002), (0.53, 0.9, 0.2))


def bench() -> None:
    """The middle of the bench is left free; what lies about lies beyond it."""
    place(
        box(
            "bench",
            (2.2, 1.0, 0.07),
            materials.wood("#c7a06c", "#8d6236", plank=0.21, roughness=0.62),
            bevel=0.004,
        ),
        (0.1, 0.4, -0.07),
    )
    place(chisel(), (-0.2, 0.1, 0.0155), (0, 0, 128))
    place(chisel(("#7b2d24", "#4b1712")), (-0.33, 0.21, 0.0155), (0, 0, 100))
    place(hammer(), (0.34, 0.13, 0.0135), (0, 0, 28))
    place(tape(), (0.2, 0.2, 0), (0, 0, 32))
    place(vice(), (-0.48, 0.55, 0), (0, 0, 18))
    place(things.jar("#8a8d90", 0.12, 0.042), (0.06, 0.47, 0))
    place(things.crock(), (0.26, 0.58, 0), scale=0.85)
    place(
        box(
            "offcut", (0.26, 0.09, 0.035), materials.wood("#d2ad78", "#9a6f41", fine=2), bevel=0.001
        ),
        (-0.16, 0.36, 0),
        (0, 0, -14),
    )
    place(
        box(
            "offcut", (0.17, 0.07, 0.03), materials.wood("#7d5232", "#4b2d17", fine=2), bevel=0.001
        ),
        (-0.14, 0.37, 0.035),
        (0, 0, 8),
    )
    curl = materials.sheer("#e8c994", "#cfa869", 0.002, 0.35)
    for index in range(16):
        far, wide = random.uniform(0.1, 0.42), random.uniform(-0.32, 0.36)
        place(
            shaving(curl, random.uniform(0.7, 2.2), random.uniform(0.007, 0.014)),
            (wide, far, 0.0),
            (random.uniform(-8, 8), 0, 67 * index),
        )
    tool_wall()
    light.room("#bdb5a8", "#5f4c3a", 0.45, ((-70, 60, 8),))
    light.soft_box((-1.3, 0.1, 0.95), (0, 0.1, 0.05), (0.8, 1.0), 40, 5400)
    light.soft_box((0.9, -0.3, 1.3), (0.3, 0.9, 0.2), (0.5, 0.4), 9, 3200)
