"""A hand-thrown stoneware mug. Its handle leaves a hole."""

import bpy

from scripts.render_samples import materials
from scripts.render_samples.curves import circle, rounded, smooth_path
from scripts.render_samples.meshes import lathe, melt, sweep
from scripts.render_samples.scene import group


def mug(glaze: str = "#e9e2d3", clay: str = "#b98f6a") -> bpy.types.Object:
    stuff = materials.stoneware(glaze, clay, bare_below=0.012)
    wall = rounded(
        [
            (0, 0.0022), (0.026, 0.0022), (0.028, 0), (0.033, 0), (0.0345, 0.006), (0.0405, 0.024), (0.0425, 0.05), (0.0418, 0.094),
            (0.0378, 0.094), (0.038, 0.05), (0.036, 0.026), (0.03, 0.009), (0, 0.007),
        ],
        0.0045,
    )  # fmt: skip
    path = smooth_path(
        [
            (0.0395, 0, 0.078), (0.05, 0, 0.0815), (0.064, 0, 0.079), (0.0715, 0, 0.066), (0.07, 0, 0.05),
            (0.0605, 0, 0.035), (0.049, 0, 0.0285), (0.0395, 0, 0.0255),
        ]
    )  # fmt: skip
    handle = sweep(
        "handle",
        path,
        circle(0.0085, flat=0.56),
        up=(0, 1, 0),
        swell=lambda t: 1.12 - 0.5 * t * (1 - t),
    )
    handle.data.transform(handle.matrix_world)
    body = lathe("mug", wall, turns=160)
    return group("mug", [melt("mug", [body, handle], 0.0006, 7, stuff)])
