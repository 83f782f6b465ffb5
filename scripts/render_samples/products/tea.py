"""A printed carton of tea with a tuck-in lid."""

import bpy

from scripts.render_samples import labels, materials
from scripts.render_samples.meshes import round_edges
from scripts.render_samples.scene import add, group, place

WIDTH, DEPTH, HEIGHT = 0.08, 0.08, 0.128


def tea() -> bpy.types.Object:
    x, y = WIDTH / 2, DEPTH / 2
    corners = [(-x, -y), (x, -y), (x, y), (-x, y)]
    mesh = bpy.data.meshes.new("tea")
    points = [(*corner, height) for height in (0, HEIGHT) for corner in corners]
    walls = [(side, (side + 1) % 4, (side + 1) % 4 + 4, side + 4) for side in range(4)]
    mesh.from_pydata(points, [], [*walls, (4, 5, 6, 7), (3, 2, 1, 0)])
    layer = mesh.uv_layers.new(name="uv")
    for side, face in enumerate(mesh.polygons):
        face.use_smooth = True
        face.material_index = 1 if side == 4 else 0  # noqa: PLR2004 - the fifth face is the top
        left, right = (side / 4, (side + 1) / 4) if side < 4 else (0, 1)  # noqa: PLR2004 - as above
        for loop, uv in zip(face.loop_indices, ((left, 0), (right, 0), (right, 1), (left, 1)), strict=True):
            layer.data[loop].uv = uv
    mesh.materials.append(materials.printed(labels.tea_sides(), 0.38, coat=0.25))
    mesh.materials.append(materials.printed(labels.tea_top(), 0.38, coat=0.25))
    carton = add("tea", mesh)
    round_edges(carton, 0.0009)
    flap_mesh = bpy.data.meshes.new("lid")
    flap_mesh.from_pydata([(-x, -y, 0), (x, -y, 0), (x, y, 0), (-x, y, 0)], [], [(0, 1, 2, 3)])
    flap_layer = flap_mesh.uv_layers.new(name="uv")
    for loop, uv in enumerate(((0, 0), (1, 0), (1, 1), (0, 1))):
        flap_layer.data[loop].uv = uv
    flap_mesh.materials.append(mesh.materials[1])
    flap_mesh.materials.append(materials.paint("#efe9dc", 0.8))
    flap = add("lid", flap_mesh)
    solid = flap.modifiers.new("solid", "SOLIDIFY")
    solid.thickness = 0.0006
    solid.offset = 1
    solid.material_offset_rim = 1
    # A lid that has been opened never closes quite flat: hinged behind, a hair up in front.
    place(flap, (0, 0, HEIGHT + 0.0009), (-0.9, 0, 0))
    return group("tea", [carton, flap])
