"""Light as a photographer sets it: a room around the scene, windows, soft boxes."""

import math

import bpy
import numpy as np
from mathutils import Vector

from scripts.render_samples.nodes import rgb
from scripts.render_samples.scene import Point, add


def room(
    walls: str = "#d8d4cc",
    floor: str = "#8a7a68",
    strength: float = 1,
    windows: tuple[tuple[float, float, float], ...] = (),
) -> None:
    """A world that looks like a lit room to what reflects it: ceiling, walls, floor, bright windows.

    A window is (azimuth in degrees, width in degrees, brightness).
    """
    width, height = 512, 256
    up = np.linspace(-90, 90, height)[:, None, None]
    wall, ground = np.array(rgb(walls)[:3]), np.array(rgb(floor)[:3])
    low = np.clip((up + 12) / 14, 0, 1)
    pixels = (ground * (1 - low) + wall * low) * (0.75 + 0.35 * np.clip(up / 70, -0.6, 1))
    pixels = np.repeat(pixels, width, axis=1)
    around = np.linspace(-180, 180, width)[None, :]
    rise = up[:, :, 0]
    for azimuth, wide, bright in windows:
        off = np.abs((around - azimuth + 180) % 360 - 180)
        inside = np.clip((wide / 2 - off) / 3, 0, 1) * np.clip((24 - np.abs(rise - 26)) / 4, 0, 1)
        bars = (np.abs(off) > 1.2) & (np.abs(rise - 30) > 1)
        pixels += (inside * bars * bright)[:, :, None] * np.array([0.92, 0.97, 1.06])
    image = bpy.data.images.new("room", width, height, float_buffer=True)
    image.colorspace_settings.name = "Linear Rec.709"
    image.pixels.foreach_set(
        np.dstack([pixels, np.ones((height, width, 1))]).astype(np.float32).ravel()
    )
    image.pack()
    world = bpy.data.worlds.new("room")
    world.use_nodes = True
    sky = world.node_tree.nodes.new("ShaderNodeTexEnvironment")
    sky.image = image
    background = world.node_tree.nodes["Background"]
    background.inputs[1].default_value = strength
    world.node_tree.links.new(sky.outputs[0], background.inputs[0])
    world.cycles.sampling_method = "NONE"  # its windows are large: paths find them by themselves
    bpy.context.scene.world = world


def soft_box(
    at: Point, towards: Point, size: tuple[float, float], watts: float, kelvin: float = 5600
) -> None:
    lamp = bpy.data.lights.new("soft box", "AREA")
    lamp.shape = "RECTANGLE"
    lamp.size, lamp.size_y = size
    lamp.energy = watts
    lamp.color = warmth(kelvin)
    aim(add("soft box", lamp), at, towards)


def sun(
    towards: Point, at: Point, strength: float, kelvin: float = 4800, softness: float = 2
) -> None:
    lamp = bpy.data.lights.new("sun", "SUN")
    lamp.energy = strength
    lamp.angle = math.radians(softness)
    lamp.color = warmth(kelvin)
    aim(add("sun", lamp), at, towards)


def bulb(at: Point, watts: float, kelvin: float = 2700, radius: float = 0.03) -> bpy.types.Object:
    lamp = bpy.data.lights.new("bulb", "POINT")
    lamp.energy = watts
    lamp.shadow_soft_size = radius
    lamp.color = warmth(kelvin)
    thing = add("bulb", lamp)
    thing.location = at
    return thing


def aim(lamp: bpy.types.Object, at: Point, towards: Point) -> None:
    lamp.location = at
    lamp.rotation_euler = (Vector(towards) - Vector(at)).to_track_quat("-Z", "Y").to_euler()


def warmth(kelvin: float) -> tuple[float, float, float]:
    """A near-white tint: 6500 K is neutral, less is warmer."""
    lean = (6500 - kelvin) / 6500
    return (1.0, 1 - 0.42 * max(lean, 0) - 0.05 * max(-lean, 0), 1 - 0.95 * max(lean, 0))
