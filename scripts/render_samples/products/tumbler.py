"""A fluted glass of water with ice: what a cut-out finds hardest. Its matte is its outline, filled."""

import math
import random

import bpy

from scripts.render_samples import labels, materials
from scripts.render_samples.curves import rounded
from scripts.render_samples.meshes import box, lathe, round_edges
from scripts.render_samples.nodes import Nodes
from scripts.render_samples.scene import group, place


def ice(at: tuple[float, float, float], side: float) -> bpy.types.Object:
    nodes = Nodes("ice")
    rough = nodes.noise(60, 4)
    milk = nodes.scaled(nodes.noise(90, 5), 0, 0.5, 0.5, 0.75)
    nodes.principled(
        base_color=(0.97, 0.99, 1, 1), transmission_weight=nodes.scaled(milk, 1, 0.8), ior=1.2,
        roughness=nodes.scaled(milk, 0.02, 0.3), normal=nodes.bump(rough, 0.004, 0.6),
    )  # fmt: skip
    cube = box("ice", (side, side * 0.95, side * 0.9), nodes.stuff, bevel=0.0)
    round_edges(cube, side * 0.16, 5)
    return place(
        cube, at, (random.uniform(-25, 25), random.uniform(-25, 25), random.uniform(0, 90))
    )


def slice_of_lemon() -> bpy.types.Object:
    """On the rim, cut half through."""
    stuff = materials.printed(labels.lemon_slice(), 0.25)
    disc = lathe(
        "lemon slice",
        rounded(
            [
                (0, 0.0025),
                (0.0245, 0.0025),
                (0.0262, 0.0018),
                (0.0262, -0.0018),
                (0.0245, -0.0025),
                (0, -0.0025),
            ],
            0.001,
        ),
        stuff,
        turns=96,
    )
    layer = disc.data.uv_layers.new(name="uv")
    for loop in disc.data.loops:
        spot = disc.data.vertices[loop.vertex_index].co
        layer.data[loop.index].uv = (0.5 + spot.x / 0.0534, 0.5 + spot.y / 0.0534)
    return disc


def tumbler(*, lemon: bool = True) -> bpy.types.Object:
    outer = [
        (0, 0.0025),
        (0.022, 0.0025),
        (0.026, 0),
        (0.0305, 0.002),
        (0.0325, 0.03),
        (0.0362, 0.128),
    ]
    inner = [(0.0346, 0.128), (0.0305, 0.03), (0.0285, 0.017), (0, 0.0145)]
    glass = lathe(
        "tumbler",
        rounded([*outer, *inner], 0.0022, 8),
        materials.glass("#fbfffd", 1.48),
        turns=336,
        ridges=(28, 0.0011, 0.006, 0.1),
    )
    water = lathe(
        "water",
        rounded(
            [
                (0, 0.0143),
                (0.0286, 0.0168),
                (0.0306, 0.03),
                (0.0333, 0.093),
                (0.0333, 0.0938),
                (0.031, 0.0926),
                (0, 0.0924),
            ],
            0.0012,
        ),
        materials.glass("#f6fcff", 1.33),
    )
    parts = [
        glass,
        water,
        ice((-0.008, -0.006, 0.062), 0.026),
        ice((0.013, 0.008, 0.069), 0.024),
        ice((0.004, -0.012, 0.082), 0.022),
    ]
    if lemon:
        turn = math.radians(-38)
        parts.append(
            place(
                slice_of_lemon(),
                (0.036 * math.cos(turn), 0.036 * math.sin(turn), 0.131),
                (90, 0, -38 - 8),
            )
        )
    return group("tumbler", parts)
