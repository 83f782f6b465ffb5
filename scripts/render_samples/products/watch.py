"""A steel wrist watch on a stitched leather strap, buckled into a loop."""

import math

import bpy

from scripts.render_samples import labels, materials
from scripts.render_samples.curves import circle, rounded, slab_section, smooth_path
from scripts.render_samples.meshes import box, lathe, sheet, stitches, sweep
from scripts.render_samples.nodes import Nodes
from scripts.render_samples.scene import Point, add, group, place

CASE = 0.0192


def face() -> bpy.types.Object:
    nodes = Nodes("dial")
    where = nodes.node("TexCoord", {}).outputs["UV"]
    spin = nodes.node("TexCoord", {}).outputs["Object"]
    angle = nodes.node("TexGradient", {"Vector": spin}, gradient_type="RADIAL").outputs[1]
    rays = nodes.node(
        "TexNoise",
        {
            "Vector": nodes.node("CombineXYZ", {0: nodes.maths("MULTIPLY", angle, 400.0)}).outputs[
                0
            ],
            "Scale": 1.0,
            "Detail": 4.0,
        },
    ).outputs[0]
    print_ = nodes.picture(labels.dial(), where).outputs[0]
    bright = nodes.node("SeparateColor", {0: print_}).outputs[0]
    ink = nodes.scaled(bright, 0.45, 0.0, 0.25, 0.6)
    stuff = nodes.principled(
        base_color=print_,
        metallic=ink,
        roughness=nodes.scaled(rays, 0.3, 0.46),
        normal=nodes.bump(rays, 0.00004, 0.4),
    )

    def shape(u: float, v: float) -> Point:
        reach, turn = 0.0172 * v, 2 * math.pi * u
        return (reach * math.cos(turn), reach * math.sin(turn), 0)

    disc = sheet("dial", 96, 12, shape, stuff)
    layer = disc.data.uv_layers[0]
    for loop in disc.data.loops:
        spot = disc.data.vertices[loop.vertex_index].co
        layer.data[loop.index].uv = (0.5 + spot.x / 0.0344, 0.5 + spot.y / 0.0344)
    return place(disc, (0, 0, 0.0062))


def hand(
    length: float,
    tail: float,
    width: float,
    height: float,
    hour_angle: float,
    stuff: bpy.types.Material,
) -> bpy.types.Object:
    outline = [
        (-width / 2, -tail),
        (width / 2, -tail),
        (width * 0.62, length * 0.55),
        (0, length),
        (-width * 0.62, length * 0.55),
    ]
    mesh = bpy.data.meshes.new("hand")
    ridge = [(0, -tail, 0.0003), (0, length, 0.0002)]
    mesh.from_pydata(
        [*((x, y, 0) for x, y in outline), *ridge], [], [(0, 5, 6, 3, 4), (5, 1, 2, 3, 6)]
    )
    mesh.materials.append(stuff)
    return place(add("hand", mesh), (0, 0, height), (0, 0, -hour_angle))


def dial_parts(steel: bpy.types.Material, gold: bpy.types.Material) -> list[bpy.types.Object]:
    parts = [face()]
    for hour in range(12):
        turn = hour * math.pi / 6
        wide, long = (0.0014, 0.0034) if hour % 3 == 0 else (0.0008, 0.0027)
        mark = box("mark", (wide, long, 0.0005), steel, bevel=0.00012)
        reach = 0.0136
        parts.append(
            place(
                mark, (reach * math.sin(turn), reach * math.cos(turn), 0.0062), (0, 0, -hour * 30)
            )
        )
    parts += [
        hand(0.0088, 0.002, 0.0013, 0.0069, 304, steel),
        hand(0.0133, 0.0024, 0.001, 0.0073, 54, steel),
        hand(0.0142, 0.0042, 0.00035, 0.0077, 218, gold),
        lathe(
            "pin",
            rounded([(0, 0.0084), (0.0009, 0.0083), (0.0011, 0.0062)], 0.0002),
            gold,
            turns=32,
        ),
    ]
    return parts


def case_parts(steel: bpy.types.Material, satin: bpy.types.Material) -> list[bpy.types.Object]:
    body = lathe(
        "case",
        rounded(
            [
                (0, -0.0012),
                (0.015, -0.0012),
                (0.0178, 0.0006),
                (CASE, 0.002),
                (CASE, 0.006),
                (0.0186, 0.0066),
                (0.0173, 0.0056),
                (0, 0.0055),
            ],
            0.0007,
        ),
        satin,
    )
    bezel = lathe(
        "bezel",
        rounded(
            [
                (0.0190, 0.0063),
                (0.0190, 0.0072),
                (0.0176, 0.0092),
                (0.0171, 0.0092),
                (0.0169, 0.006),
            ],
            0.0004,
        ),
        steel,
    )
    crystal = lathe(
        "crystal",
        rounded(
            [
                (0, 0.0101),
                (0.008, 0.01),
                (0.0171, 0.0091),
                (0.0171, 0.0084),
                (0.008, 0.0092),
                (0, 0.0093),
            ],
            0.0006,
        ),
        materials.glass(ior=1.35),
    )
    return [body, bezel, crystal, crown(steel), *lugs(satin)]


def crown(steel: bpy.types.Material) -> bpy.types.Object:
    knob = lathe(
        "crown",
        rounded(
            [
                (0.001, 0.0185),
                (0.001, 0.0203),
                (0.0031, 0.0203),
                (0.0031, 0.0235),
                (0.0022, 0.0241),
                (0, 0.0241),
            ],
            0.0003,
        ),
        steel,
        turns=240,
        ridges=(30, 0.0002, 0.0205, 0.0234),
    )
    return place(knob, (0, 0, 0.0035), (0, 90, 0))


def lugs(satin: bpy.types.Material) -> list[bpy.types.Object]:
    section = slab_section(0.0029, 0.0046, 0.0009)
    parts = []
    for x in (-0.0107, 0.0107):
        for side in (-1, 1):
            bend = ((0.012, 0.0032), (0.0185, 0.0036), (0.0222, 0.0022), (0.0243, -0.0008))
            path = smooth_path([(x, side * y, z) for y, z in bend])
            parts.append(sweep("lug", path, section, satin, swell=lambda t: 1.1 - 0.4 * t))
    return parts


def strap_path() -> list[Point]:
    """Round the wrist, from the lower lugs to the upper ones."""
    lower = [
        (0, -0.0197, 0.0016),
        (0, -0.0222, 0.0002),
        (0, -0.0262, -0.005),
        (0, -0.0283, -0.017),
        (0, -0.0262, -0.031),
        (0, -0.018, -0.0425),
        (0, -0.004, -0.0475),
    ]
    upper = [
        (0, 0.011, -0.0455),
        (0, 0.0222, -0.0375),
        (0, 0.0278, -0.0245),
        (0, 0.0276, -0.0125),
        (0, 0.0254, -0.0035),
        (0, 0.0222, 0.0002),
        (0, 0.0197, 0.0016),
    ]
    return smooth_path([*lower, *upper], 14)


def strap_parts(steel: bpy.types.Material, colour: tuple[str, str]) -> list[bpy.types.Object]:
    leather = materials.leather(*colour, roughness=0.5, fine=2.4)
    thread = materials.cloth("#e6d5b4", "#bfa67c")
    path = strap_path()

    def plump(t: float) -> float:
        return 0.86 + 0.14 * abs(2 * t - 1) ** 1.5

    # `up` is x here, so the section's width must lie along it: a quarter turn.
    section = [(y, x) for x, y in slab_section(0.0186, 0.0032, 0.0012)]
    strap = sweep("strap", path, section, leather, up=(1, 0, 0), swell=plump)
    parts = [strap]
    count = len(path)
    middle_y, middle_z = 0.0, -0.022
    for x in (-0.0074, 0.0074):
        seam = []
        for index, (_, y, z) in enumerate(path[12:-12], 12):
            out = math.hypot(y - middle_y, z - middle_z)
            proud = 0.0017 * plump(index / (count - 1)) / out
            seam.append(
                (
                    x * plump(index / (count - 1)),
                    y + (y - middle_y) * proud,
                    z + (z - middle_z) * proud,
                )
            )
        parts.append(stitches("thread", seam, thread, pitch=0.0026, radius=0.00028))
    for y, z, lean in ((0.013, -0.0448, 28), (0.0185, -0.0412, 40)):
        loop = sweep(
            "keeper",
            [(x, py, 0) for x, py in slab_section(0.0195, 0.0066, 0.002)],
            slab_section(0.0012, 0.0048, 0.0004),
            leather,
            closed=True,
        )
        parts.append(place(loop, (0, y, z), (90 + lean, 0, 0)))
    frame = sweep(
        "buckle",
        [(x, y, 0) for x, y in slab_section(0.022, 0.013, 0.003)],
        circle(0.0011, 12),
        steel,
        closed=True,
    )
    parts.append(place(frame, (0, 0.001, -0.0487), (6, 0, 0)))
    return parts


def watch(strap: tuple[str, str] = ("#7a4526", "#43220f")) -> bpy.types.Object:
    """Its dial faces up, twelve o'clock towards +y; the strap's loop hangs below."""
    steel, satin = materials.metal("#dfe0e2", 0.12), materials.metal("#c9cacc", 0.28, brushed=True)
    gold = materials.metal("#e6bd72", 0.2)
    return group(
        "watch", [*dial_parts(steel, gold), *case_parts(steel, satin), *strap_parts(steel, strap)]
    )
