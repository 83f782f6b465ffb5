"""A printed carton of tea with a tuck-in lid."""

import bpy

from scripts.render_samples import materials
from scripts.render_samples.meshes import round_edges, sheet, thicken
from scripts.render_samples.products import tea_print
from scripts.render_samples.scene import add, group, place

WIDTH, DEPTH, HEIGHT = 0.08, 0.08, 0.128


SIDE, TOP = 0, 1  # material slots


def carton(sides: bpy.types.Material, top: bpy.types.Material) -> bpy.types.Object:
    x, y = WIDTH / 2, DEPTH / 2
    corners = [(-x, -y), (x, -y), (x, y), (-x, y)]
    mesh = bpy.data.meshes.new("tea")
    points = [(*corner, height) for height in (0, HEIGHT) for corner in corners]
    walls = [(side, (side + 1) % 4, (side + 1) % 4 + 4, side + 4) for side in range(4)]
    mesh.from_pydata(points, [], [*walls, (4, 5, 6, 7), (3, 2, 1, 0)])
    layer = mesh.uv_layers.new(name="uv")
    for side, face in enumerate(mesh.polygons):
        face.use_smooth = True
        wall = side < len(walls)
        face.material_index = SIDE if wall else TOP
        left, right = (side / 4, (side + 1) / 4) if wall else (0, 1)
        panel = ((left, 0), (right, 0), (right, 1), (left, 1))
        for loop, uv in zip(face.loop_indices, panel, strict=True):
            layer.data[loop].uv = uv
    mesh.materials.append(sides)
    mesh.materials.append(top)
    thing = add("tea", mesh)
    round_edges(thing, 0.0009)
    return thing


def lid(top: bpy.types.Material) -> bpy.types.Object:
    flap = sheet(
        "lid",
        1,
        1,
        lambda u, v: ((u - 0.5) * (WIDTH - 0.0008), (v - 0.5) * (DEPTH - 0.0008), 0),
        top,
    )
    flap.data.materials.append(materials.paint("#efe9dc", 0.8))
    thicken(flap, 0.0006, 1).modifiers["solid"].material_offset_rim = 1
    # A lid that has been opened never closes quite flat: hinged behind, a hair up in front.
    return place(flap, (0, 0, HEIGHT + 0.0004), (-0.35, 0, 0))


def tea() -> bpy.types.Object:
    sides = materials.printed(tea_print.sides(), 0.38, coat=0.25)
    top = materials.printed(tea_print.top(), 0.38, coat=0.25)
    return group("tea", [carton(sides, top), lid(top)])
