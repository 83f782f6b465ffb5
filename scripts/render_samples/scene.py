"""The empty stage: units, objects, groups, the camera and the two render passes."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import bpy
from mathutils import Euler, Vector

Point = tuple[float, float, float]


@dataclass(frozen=True)
class View:
    """Where the camera stands, in metres. A low `fstop` throws the room out of focus."""

    eye: Point
    target: Point
    lens: float = 70
    fstop: float = 16
    focus: Point | None = None
    exposure: float = 0
    roll: float = 0


def clear() -> None:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.threads_mode = "FIXED"
    scene.render.threads = 2
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = "AgX - Medium High Contrast"
    cycles = scene.cycles
    cycles.max_bounces = 10
    cycles.diffuse_bounces = 2
    cycles.glossy_bounces = 3
    cycles.transmission_bounces = 10
    cycles.transparent_max_bounces = 12
    # Caustics on two cores are fireflies; glass lets its own shadow through instead (materials.glass).
    cycles.caustics_reflective = False
    cycles.caustics_refractive = False
    cycles.sample_clamp_indirect = 6
    cycles.blur_glossy = 0.5
    # Four lamps and a soft room: choosing among them cleverly costs a third of the time and shows nowhere.
    cycles.use_light_tree = False


def add(name: str, data: bpy.types.ID) -> bpy.types.Object:
    thing = bpy.data.objects.new(name, data)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def group(name: str, parts: Iterable[bpy.types.Object]) -> bpy.types.Object:
    """One handle to place many parts by. What descends from it is the product, to the last hair."""
    root = bpy.data.objects.new(name, None)
    bpy.context.scene.collection.objects.link(root)
    for part in parts:
        if part.parent is None:
            part.parent = root
    return root


def place(
    thing: bpy.types.Object,
    at: Point = (0, 0, 0),
    turn: Point = (0, 0, 0),
    scale: float = 1,
) -> bpy.types.Object:
    """Move to `at`, turned by degrees about x, y, z."""
    thing.location = at
    thing.rotation_euler = Euler([angle * 0.017453292519943295 for angle in turn])
    thing.scale = (scale, scale, scale)
    return thing


def look(view: View) -> None:
    lens = bpy.data.cameras.new("camera")
    lens.lens = view.lens
    lens.clip_start = 0.01
    lens.dof.use_dof = True
    eye = Vector(view.eye)
    lens.dof.focus_distance = (Vector(view.focus or view.target) - eye).length
    lens.dof.aperture_fstop = view.fstop
    lens.dof.aperture_blades = 0
    camera = add("camera", lens)
    camera.location = eye
    facing = (Vector(view.target) - eye).to_track_quat("-Z", "Y").to_euler()
    facing.rotate_axis("Z", view.roll * 0.017453292519943295)
    camera.rotation_euler = facing
    bpy.context.scene.camera = camera
    bpy.context.scene.view_settings.exposure = view.exposure


def size(width: int, height: int) -> None:
    render = bpy.context.scene.render
    render.resolution_x, render.resolution_y = width, height
    render.resolution_percentage = 100


def photograph(path: Path, samples: int) -> None:
    scene = bpy.context.scene
    scene.cycles.samples = samples
    scene.cycles.use_adaptive_sampling = True
    scene.cycles.adaptive_threshold = 0.12
    scene.cycles.adaptive_min_samples = 4
    scene.cycles.use_denoising = True
    scene.cycles.denoiser = "OPENIMAGEDENOISE"
    scene.cycles.denoising_prefilter = "FAST"
    scene.render.film_transparent = False
    scene.render.image_settings.file_format = "PNG"
    scene.render.image_settings.color_mode = "RGB"
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)


def matte(path: Path, product: bpy.types.Object, samples: int) -> None:
    """Render the product's exact coverage, 0..1, as the alpha of an RGBA picture.

    Lens blur and single hairs are in it. What the product stands on is held out, so that what sinks
    into it is cut; the rest of the room is taken away, for no set puts anything before the product.
    Glass counts as solid: its matte is the coverage of its shape.
    """
    scene = bpy.context.scene
    own = {product, *product.children_recursive}
    low, high = bounds(product)
    for thing in scene.objects:
        if thing in own and thing.type != "LIGHT":
            continue
        near, far = bounds(thing)
        touches = all(
            near[axis] < high[axis] + 0.01 and far[axis] > low[axis] - 0.01 for axis in range(3)
        )
        thing.is_holdout = touches
        thing.hide_render = thing.type == "LIGHT" or not touches
    flat = bpy.data.materials.new("flat")
    flat.use_nodes = True
    tree = flat.node_tree
    tree.nodes.clear()
    output = tree.nodes.new("ShaderNodeOutputMaterial")
    tree.links.new(tree.nodes.new("ShaderNodeEmission").outputs[0], output.inputs[0])
    scene.view_layers[0].material_override = flat
    scene.render.film_transparent = True
    scene.view_settings.view_transform = "Standard"
    scene.cycles.max_bounces = 0
    scene.cycles.samples = samples
    # Inside and outside are done at once; the paths are kept for the edge.
    scene.cycles.adaptive_threshold = 0.01
    scene.cycles.adaptive_min_samples = 4
    scene.cycles.use_denoising = False
    scene.render.image_settings.color_mode = "RGBA"
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)


def bounds(thing: bpy.types.Object) -> tuple[Vector, Vector]:
    """The least and the greatest corner of a thing and all that hangs on it."""
    bpy.context.view_layer.update()
    parts = [part for part in (thing, *thing.children_recursive) if part.type == "MESH"]
    corners = [
        part.matrix_world @ Vector(corner) for part in parts for corner in part.bound_box
    ] or [thing.location]
    return tuple(
        Vector(pick(corner[axis] for corner in corners) for axis in range(3)) for pick in (min, max)
    )


def settle(root: bpy.types.Object, height: float = 0) -> bpy.types.Object:
    """Lower or lift the group until its lowest point stands at `height`."""
    bpy.context.view_layer.update()
    depsgraph = bpy.context.evaluated_depsgraph_get()
    lowest = min(
        (part.matrix_world @ Vector(corner)).z
        for thing in root.children_recursive
        if thing.type == "MESH"
        for part in [thing.evaluated_get(depsgraph)]
        for corner in [vertex.co for vertex in part.data.vertices]
    )
    root.location.z += height - lowest
    return root
