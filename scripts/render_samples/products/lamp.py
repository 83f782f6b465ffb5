"""A ceramic table lamp with a linen shade, switched on."""

import bpy

from scripts.render_samples import light, materials
from scripts.render_samples.curves import rounded
from scripts.render_samples.meshes import ball, lathe, thicken
from scripts.render_samples.nodes import Nodes, rgb
from scripts.render_samples.scene import group


def glaze(colour: str, deep: str) -> bpy.types.Material:
    """A reactive glaze: it runs thin on the ridges, pools in the grooves."""
    nodes = Nodes("glaze")
    height = nodes.node("SeparateXYZ", {0: nodes.coords()}).outputs[2]
    run = nodes.maths(
        "ADD", nodes.maths("MULTIPLY", height, 3.2), nodes.noise(16, 6, nodes.coords((1, 1, 0.35)))
    )
    base = nodes.mix(nodes.scaled(run, 0, 1, 0.45, 1.25), rgb(deep), rgb(colour))
    return nodes.principled(
        base_color=base,
        roughness=0.16,
        coat_weight=0.4,
        coat_roughness=0.05,
        normal=nodes.bump(nodes.noise(28, 4), 0.0012, 0.6),
    )


def lamp(colour: str = "#3f6b5f", deep: str = "#16332f", watts: float = 15) -> bpy.types.Object:
    foot = [(0, 0.001), (0.058, 0.001), (0.062, 0), (0.066, 0.004), (0.067, 0.012), (0.058, 0.02)]
    belly = [
        (0.075, 0.045),
        (0.094, 0.09),
        (0.096, 0.125),
        (0.08, 0.17),
        (0.05, 0.205),
        (0.03, 0.23),
        (0.021, 0.262),
        (0.0225, 0.278),
        (0.018, 0.284),
        (0, 0.284),
    ]
    base = lathe(
        "base",
        rounded([*foot, *belly], 0.014, 8),
        glaze(colour, deep),
        turns=600,
        ridges=(46, 0.0022, 0.03, 0.215),
    )
    brass = materials.metal("#c9a35c", 0.25)
    neck = lathe(
        "neck",
        rounded(
            [
                (0.0175, 0.283),
                (0.0175, 0.289),
                (0.0095, 0.292),
                (0.0085, 0.315),
                (0.0165, 0.319),
                (0.0165, 0.352),
                (0.012, 0.356),
                (0, 0.356),
            ],
            0.002,
        ),
        brass,
    )
    finial = lathe(
        "finial",
        rounded(
            [
                (0, 0.494),
                (0.003, 0.494),
                (0.004, 0.5),
                (0.0095, 0.506),
                (0.0095, 0.514),
                (0.005, 0.522),
                (0, 0.523),
            ],
            0.002,
        ),
        brass,
    )
    low, high = (0.172, 0.3), (0.125, 0.495)
    cloth = materials.sheer("#efe4cc", "#dccbab", 0.0011, 0.55)
    shade = thicken(lathe("shade", [low, (0.1485, 0.3975), high], cloth), 0.0009)
    tape = materials.cloth("#e8dabd", "#cdbb97", thread=0.0008)
    rims = [
        thicken(
            lathe(
                "rim", [(low[0] + 0.0006, low[1] - 0.0005), (low[0] - 0.0021, low[1] + 0.011)], tape
            ),
            0.0018,
            1,
        ),
        thicken(
            lathe(
                "rim",
                [(high[0] + 0.0030, high[1] - 0.0105), (high[0] + 0.0006, high[1] + 0.0005)],
                tape,
            ),
            0.0018,
            1,
        ),
    ]
    top = lathe("spider", rounded([(0.004, 0.487), (0.004, 0.493), (0.0095, 0.493)], 0.001), brass)
    glowing = materials.glow("#ffd9a0", 22)
    lit = ball("bulb", (0.029, 0.029, 0.037), (0, 0, 0.393), glowing)
    lit.visible_shadow = False
    source = light.bulb((0, 0, 0.393), watts, 2750)
    return group("lamp", [base, neck, finial, shade, *rims, top, lit, source])
