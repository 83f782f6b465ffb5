"""An amber glass bottle of hand wash, with a pump and a paper label."""

import math

import bmesh
import bpy

from scripts.render_samples import labels, materials
from scripts.render_samples.curves import circle, rounded, smooth_path
from scripts.render_samples.meshes import lathe, sheet, sweep
from scripts.render_samples.scene import Point, add, group

RADIUS = 0.0345


def vessel() -> bpy.types.Object:
    """Full to the shoulder: one body of amber with a pocket of air under the neck."""
    skin = rounded(
        [(0, 0.0025), (0.024, 0.0025), (0.0275, 0), (RADIUS, 0.001), (RADIUS, 0.116), (0.0335, 0.132), (0.0135, 0.1415), (0.0128, 0.158), (0, 0.158)],
        0.006, 10,
    )  # fmt: skip
    air = rounded(
        [
            (0, 0.119),
            (0.0322, 0.1188),
            (0.0312, 0.1305),
            (0.0105, 0.1405),
            (0.01, 0.155),
            (0, 0.155),
        ],
        0.004,
        8,
    )
    outer, inner = lathe("bottle", skin), lathe("air", air)
    inner.data.flip_normals()
    work = bmesh.new()
    for part in (outer, inner):
        work.from_mesh(part.data)
        bpy.data.objects.remove(part)
    mesh = bpy.data.meshes.new("bottle")
    work.to_mesh(mesh)
    work.free()
    mesh.materials.append(materials.tinted_glass("#b4500e", 62))
    return add("bottle", mesh)


def paper() -> bpy.types.Object:
    low, high, wrap = 0.0195, 0.1035, math.radians(270)

    def shape(u: float, v: float) -> Point:
        angle = -math.pi / 2 + (u - 0.5) * wrap
        reach = RADIUS + 0.00018
        return (reach * math.cos(angle), reach * math.sin(angle), low + v * (high - low))

    return sheet("label", 160, 4, shape, materials.printed(labels.hand_wash(), 0.55))


def pump(stuff: bpy.types.Material) -> list[bpy.types.Object]:
    collar = lathe(
        "collar", rounded([(0.0128, 0.1425), (0.0148, 0.1425), (0.0148, 0.1575), (0.0125, 0.161), (0.0062, 0.162), (0.0062, 0.165), (0, 0.165)], 0.0012),
        stuff, turns=360, ridges=(60, 0.0005, 0.1440, 0.1568),
    )  # fmt: skip
    stem = lathe("stem", [(0.0036, 0.16), (0.0036, 0.178)], stuff, turns=48)
    head = lathe(
        "head", rounded([(0.0037, 0.1765), (0.0085, 0.1765), (0.0098, 0.1785), (0.0098, 0.1865), (0.0075, 0.19), (0, 0.1905)], 0.0022), stuff
    )  # fmt: skip
    spout = smooth_path(
        [
            (0, 0, 0.1835),
            (-0.012, 0, 0.1838),
            (-0.026, 0, 0.1832),
            (-0.0355, 0, 0.1805),
            (-0.039, 0, 0.1765),
        ]
    )
    nozzle = sweep(
        "nozzle",
        spout,
        circle(0.0056, flat=0.72),
        stuff,
        up=(0, 1, 0),
        swell=lambda t: 1.1 - 0.45 * t,
    )
    return [collar, stem, head, nozzle]


def bottle() -> bpy.types.Object:
    return group("bottle", [vessel(), paper(), *pump(materials.plastic("#17181a", 0.42))])
