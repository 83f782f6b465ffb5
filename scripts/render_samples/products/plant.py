"""A spider plant in a ribbed pot: a hundred thin leaves to cut round."""

import math
import random

import bpy
from mathutils import Vector

from scripts.render_samples import materials
from scripts.render_samples.curves import rounded
from scripts.render_samples.meshes import lathe, sheet
from scripts.render_samples.nodes import Nodes, rgb
from scripts.render_samples.scene import Point, group


def blade(
    stuff: bpy.types.Material,
    length: float,
    heading: float,
    rise: float,
    droop: float,
    width: float,
) -> bpy.types.Object:
    spine = [Vector((0.012 * math.cos(heading), 0.012 * math.sin(heading), 0.118))]
    slopes: list[Vector] = []
    sides: list[Vector] = []
    steps, pitch, yaw = 26, rise, heading
    bend, drift = droop * random.uniform(0.7, 1.3), random.uniform(-0.5, 0.5)
    for step in range(steps):
        t = step / steps
        pitch -= bend * (0.25 + 1.6 * t) / steps
        yaw += drift * t / steps * 2
        ahead = Vector(
            (math.cos(yaw) * math.cos(pitch), math.sin(yaw) * math.cos(pitch), math.sin(pitch))
        )
        slopes.append(ahead)
        # From the heading, not from the slope: a leaf that hangs past the vertical must not flip.
        sides.append(Vector((math.sin(yaw), -math.cos(yaw), 0)))
        spine.append(spine[-1] + ahead * length / steps)
    slopes.append(slopes[-1])
    sides.append(sides[-1])

    def shape(u: float, v: float) -> Point:
        index = min(int(v * steps + 0.5), steps)
        ahead = slopes[index]
        side = sides[index]
        over = side.cross(ahead)
        across = u * 2 - 1
        half = width * min(1, 0.45 + 2.2 * v) * (1 - v**2.6) + 0.0002
        fold = 0.55 * (1 - 0.5 * v) * half * abs(across)
        return tuple(spine[index] + side * (across * half) + over * fold)

    return sheet("blade", 6, steps, shape, stuff)


def pot(colour: str, clay: str) -> list[bpy.types.Object]:
    stuff = materials.stoneware(colour, clay, 0.0)
    wall = rounded(
        [
            (0, 0.003),
            (0.05, 0.003),
            (0.053, 0),
            (0.06, 0.004),
            (0.079, 0.108),
            (0.0795, 0.128),
            (0.0735, 0.128),
            (0.072, 0.11),
            (0, 0.1),
        ],
        0.004,
    )
    nodes = Nodes("soil")
    crumbs = nodes.noise(160, 9)
    soil = nodes.principled(
        base_color=nodes.mix(crumbs, rgb("#120c08"), rgb("#4a3524")),
        roughness=1.0,
        normal=nodes.bump(crumbs, 0.012),
    )
    heap = lathe("soil", [(0, 0.119), (0.04, 0.117), (0.0725, 0.112)], soil)
    return [lathe("pot", wall, stuff, turns=480, ridges=(40, 0.0022, 0.006, 0.116)), heap]


def plant(pot_colour: str = "#e6ddcf", clay: str = "#b99a78", leaves: int = 84) -> bpy.types.Object:
    green = materials.leaf("#4f7d33", "#dfe3b4")
    blades = []
    for index in range(leaves):
        young = index / leaves
        heading = index * 2.39996 + random.uniform(-0.25, 0.25)
        rise = math.radians(44 + 42 * young + random.uniform(-8, 6))
        length = random.uniform(0.2, 0.33) * (1 - 0.35 * young)
        blades.append(
            blade(green, length, heading, rise, 2.5 - 1.3 * young, random.uniform(0.0062, 0.0086))
        )
    return group("plant", [*pot(pot_colour, clay), *blades])
