"""A teddy bear with real hairs: its edge is fur, its scarf a knit."""

import math

import bpy

from scripts.render_samples import materials
from scripts.render_samples.curves import circle, smooth_path
from scripts.render_samples.meshes import ball, melt, sweep
from scripts.render_samples.nodes import Nodes, rgb
from scripts.render_samples.scene import Point, group

# name, radii, middle: metres. The bear sits, looking towards -y.
BODY: list[tuple[Point, Point]] = [
    ((0.068, 0.06, 0.078), (0, 0.005, 0.078)),
    ((0.062, 0.056, 0.054), (0, -0.004, 0.19)),
    ((0.032, 0.026, 0.025), (0, -0.05, 0.178)),
    ((0.022, 0.012, 0.022), (-0.046, 0.004, 0.238)),
    ((0.022, 0.012, 0.022), (0.046, 0.004, 0.238)),
    ((0.026, 0.03, 0.05), (-0.074, -0.018, 0.098)),
    ((0.026, 0.03, 0.05), (0.074, -0.018, 0.098)),
    ((0.033, 0.062, 0.032), (-0.05, -0.068, 0.032)),
    ((0.033, 0.062, 0.032), (0.05, -0.068, 0.032)),
    ((0.036, 0.018, 0.037), (-0.054, -0.118, 0.038)),
    ((0.036, 0.018, 0.037), (0.054, -0.118, 0.038)),
]


def fur(light: str, dark: str) -> bpy.types.Material:
    nodes = Nodes("fur")
    strand = nodes.node("HairInfo", {})
    tone = nodes.mix(nodes.scaled(strand.outputs["Random"], 0, 0.55), rgb(light), rgb(dark))
    tone = nodes.mix(nodes.scaled(strand.outputs["Intercept"], 0.55, 0, 0, 0.7), tone, rgb(dark))
    return nodes.principled(
        base_color=tone, roughness=0.7, specular_ior_level=0.2, sheen_weight=0.3
    )


def grow(thing: bpy.types.Object, count: int, length: float) -> None:
    """Curly short pile."""
    hair = thing.modifiers.new("fur", "PARTICLE_SYSTEM").particle_system
    hair.seed = 3
    made = hair.settings
    made.type = "HAIR"
    made.use_advanced_hair = True
    made.count = count
    made.hair_step = 4
    made.hair_length = length
    made.factor_random = 0.0022
    made.brownian_factor = 0.003
    made.child_type = "INTERPOLATED"
    made.rendered_child_count = 26
    made.child_percent = 26
    made.clump_factor = 0.25
    made.roughness_1 = 0.006
    made.roughness_1_size = 0.4
    made.roughness_2 = 0.004
    made.roughness_endpoint = 0.004
    made.kink = "CURL"
    made.kink_amplitude = 0.0012
    made.kink_frequency = 3
    made.root_radius = 0.16
    made.tip_radius = 0.05
    made.radius_scale = 0.0011
    made.render_step = 4
    made.display_step = 2
    made.material_slot = "fur"


def scarf(stuff: bpy.types.Material) -> list[bpy.types.Object]:
    ring = [
        (0.049 * math.cos(turn), 0.046 * math.sin(turn) - 0.002, 0.143 + 0.004 * math.sin(turn))
        for turn in (2 * math.pi * step / 14 for step in range(14))
    ]
    flat = [(y, x) for x, y in circle(0.0105, 20, flat=1.7)]
    wrap = sweep("scarf", smooth_path(ring, 8, closed=True), flat, stuff, up=(0, 0, 1), closed=True)
    tails = [
        sweep(
            "tail",
            smooth_path(
                [
                    (0.02, -0.052, 0.148),
                    (0.026, -0.068, 0.132),
                    (0.03, -0.072, 0.1),
                    (0.036, -0.078, 0.07),
                ]
            ),
            circle(0.014, 20, flat=0.32),
            stuff,
            up=(0, -1, 0),
        ),
        sweep(
            "tail",
            smooth_path(
                [
                    (0.016, -0.05, 0.148),
                    (0.006, -0.069, 0.128),
                    (0.002, -0.073, 0.104),
                    (-0.004, -0.077, 0.084),
                ]
            ),
            circle(0.014, 20, flat=0.32),
            stuff,
            up=(0, -1, 0),
        ),
        ball("knot", (0.0135, 0.011, 0.0145), (0.018, -0.056, 0.143), stuff),
    ]
    return [wrap, *tails]


def bear(light: str = "#e0b88a", dark: str = "#a87848", wool: str = "#a63d33") -> bpy.types.Object:
    pile = fur(light, dark)
    body = melt("bear", [ball("part", radius, at) for radius, at in BODY], 0.004, 6, pile)
    bpy.context.view_layer.update()
    skin = bpy.data.meshes.new_from_object(
        body.evaluated_get(bpy.context.evaluated_depsgraph_get())
    )
    body.modifiers.clear()
    body.data = skin
    grow(body, 7000, 0.0075)
    knit = materials.cloth(wool, "#5e1f1a", thread=0.0024)
    glassy = materials.plastic("#120c09", 0.08)
    stitched = materials.plastic("#24150e", 0.5)
    face = [
        ball("eye", (0.0086, 0.007, 0.009), (-0.023, -0.0605, 0.203), glassy),
        ball("eye", (0.0086, 0.007, 0.009), (0.023, -0.0605, 0.203), glassy),
        ball("nose", (0.0125, 0.0075, 0.0088), (0, -0.0795, 0.187), stitched),
        sweep(
            "mouth",
            smooth_path([(0, -0.084, 0.18), (0, -0.0865, 0.171), (0.001, -0.0855, 0.165)]),
            circle(0.0013, 10),
            stitched,
            up=(1, 0, 0),
        ),
        sweep(
            "mouth",
            smooth_path(
                [
                    (-0.013, -0.0765, 0.1635),
                    (-0.006, -0.0845, 0.1605),
                    (0.0, -0.0862, 0.165),
                    (0.006, -0.0845, 0.1605),
                    (0.013, -0.0765, 0.1635),
                ]
            ),
            circle(0.0013, 10),
            stitched,
            up=(0, 0, 1),
        ),
    ]
    return group("bear", [body, *scarf(knit), *face])
