"""Over-ear headphones: aluminium yokes, leather cushions, holes between band and cups."""

import math

import bpy

from scripts.render_samples import labels, materials
from scripts.render_samples.curves import Flat, circle, rounded, slab_section, smooth_path
from scripts.render_samples.meshes import lathe, sheet, stitches, sweep, torus
from scripts.render_samples.scene import Point, group, place

HALF = 0.0865


def cup(
    side: int, shell: bpy.types.Material, pad: bpy.types.Material, steel: bpy.types.Material
) -> list[bpy.types.Object]:
    """Built about z, its back up; then turned to face outwards from the head."""
    back = lathe(
        "shell",
        rounded([(0.0, 0.0225), (0.018, 0.0223), (0.03, 0.0195), (0.0375, 0.011), (0.0385, 0.002), (0.037, -0.003), (0, -0.003)], 0.006, 8),
        shell,
    )  # fmt: skip
    inlay = lathe(
        "inlay",
        rounded([(0, 0.0232), (0.0155, 0.0231), (0.0168, 0.0222), (0.0168, 0.021)], 0.0006),
        steel,
    )
    seam = torus("seam", 0.0378, circle(0.0013, 12), steel)
    seam.location.z = 0.0005
    cushion = torus("cushion", 0.0275, [(x, y - 0.0105) for x, y in rounded_pad()], pad)
    mesh = lathe(
        "mesh",
        rounded([(0, -0.006), (0.022, -0.006), (0.024, -0.009)], 0.002),
        materials.cloth("#26272a", "#101113", thread=0.0009),
    )
    pivot = lathe(
        "pivot", rounded([(0, 0.0045), (0.0038, 0.0042), (0.0042, 0.0)], 0.0008), steel, turns=40
    )
    parts = [back, inlay, seam, cushion, mesh]
    for part in parts:
        part.scale = (1, 1.16, 1)
    place(pivot, (0, 0.0475, 0.004), (-90, 0, 0))
    whole = group("cup", [*parts, pivot])
    # y is up on the head: stand the cup upright, its back outwards.
    whole.rotation_euler = (math.pi / 2, 0, math.pi / 2 if side > 0 else -math.pi / 2)
    whole.location = (side * HALF, 0, 0.055)
    return [whole]


def rounded_pad() -> list[Flat]:
    """A plump cushion's section: flat against the shell, full towards the ear."""
    return [
        (
            0.0118 * math.copysign(abs(math.cos(t)) ** 0.75, math.cos(t)),
            0.0092 * math.copysign(abs(math.sin(t)) ** 0.7, math.sin(t)),
        )
        for t in (2 * math.pi * step / 28 for step in range(28))
    ]


def yoke(side: int, steel: bpy.types.Material) -> list[bpy.types.Object]:
    """A fork that holds the cup before and behind, and the rod that runs into the band."""
    x, middle = side * (HALF + 0.006), 0.055
    reach, rise = 0.047, 0.0525
    arc = [
        (x, reach * math.cos(turn), middle + rise * max(math.sin(turn), 0) ** 0.9)
        for turn in (math.pi * step / 24 for step in range(25))
    ]
    fork = sweep("fork", arc, slab_section(0.0052, 0.0030, 0.0011), steel, up=(side, 0, 0))
    rod = sweep(
        "rod",
        smooth_path(
            [
                (x, 0, middle + rise - 0.001),
                (x - side * 0.001, 0, middle + rise + 0.02),
                (x - side * 0.0055, 0, middle + rise + 0.048),
            ]
        ),
        slab_section(0.0092, 0.0026, 0.001),
        steel,
        up=(side, 0, 0),
    )
    screws = []
    for way in (-1, 1):
        head = lathe(
            "screw",
            rounded(
                [(0, 0.0036), (0.0034, 0.0034), (0.0039, 0.0016), (0.0039, -0.003), (0, -0.003)],
                0.0006,
            ),
            steel,
            turns=40,
        )
        screws.append(place(head, (x, way * reach, middle), (-90 * way, 0, 0)))
    return [fork, rod, *screws]


def arc(inset: float, start: float) -> list[Point]:
    """The band's line, `inset` metres towards the head, from an angle above the ears to its twin."""
    wide, tall, low = HALF + 0.004 - inset, 0.083 - inset, 0.125
    turns = (start + (math.pi - 2 * start) * step / 72 for step in range(73))
    return [
        (
            -wide * math.copysign(abs(math.cos(turn)) ** 0.82, math.cos(turn)),
            0,
            low + tall * math.sin(turn) ** 0.92,
        )
        for turn in turns
    ]


def flat(width: float, height: float, radius: float) -> list[Flat]:
    return [(y, x) for x, y in slab_section(width, height, radius)]


def band(
    outside: bpy.types.Material, pad: bpy.types.Material, thread: bpy.types.Material
) -> list[bpy.types.Object]:
    hoop = sweep(
        "band",
        arc(0, 0.03),
        flat(0.027, 0.0058, 0.0024),
        outside,
        up=(0, 1, 0),
        swell=lambda t: 0.8 + 0.35 * math.sin(math.pi * t),
    )
    inner = arc(0.0068, 0.5)
    soft = sweep(
        "band pad",
        inner,
        flat(0.029, 0.012, 0.0055),
        pad,
        up=(0, 1, 0),
        swell=lambda t: 0.55 + 0.55 * math.sin(math.pi * t) ** 0.5,
    )
    seams = []
    for way in (-1, 1):
        row = []
        for index, (x, _, z) in enumerate(arc(-0.0031, 0.12)):
            row.append((x, way * 0.0108 * (0.8 + 0.35 * math.sin(math.pi * index / 72)), z))
        seams.append(stitches("thread", row, thread, pitch=0.0038, radius=0.00032))
    caps = []
    for side in (-1, 1):
        cap = sweep(
            "cap",
            [(side * (HALF + 0.0052), 0, 0.114), (side * (HALF + 0.0035), 0, 0.136)],
            flat(0.0245, 0.0092, 0.003),
            outside,
            up=(0, 1, 0),
        )
        caps.append(cap)
    return [hoop, soft, *seams, *caps]


def mark(side: int) -> bpy.types.Object:
    def shape(u: float, v: float) -> Point:
        return (side * (HALF + 0.02322), side * (u - 0.5) * 0.0272, 0.055 + (v - 0.5) * 0.0064)

    return sheet("mark", 1, 1, shape, materials.foil(labels.sound(), "#2a2a2a"))


def headphones(
    shell: str = "#e6e0d4", leather: tuple[str, str] = ("#9a5f36", "#5f3418")
) -> bpy.types.Object:
    """They stand on their cups, the band up, the right ear towards +x."""
    body, hide = materials.plastic(shell, 0.46), materials.leather(*leather, roughness=0.42)
    steel, thread = (
        materials.metal("#cfd0d2", 0.24, brushed=True),
        materials.cloth("#ead9b8", "#c4ab80"),
    )
    parts = [*band(hide, hide, thread), mark(1), mark(-1)]
    for side in (-1, 1):
        parts += [*cup(side, body, hide, steel), *yoke(side, steel)]
    return group("headphones", parts)
