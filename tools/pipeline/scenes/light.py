"""The key light: where it comes from, how it falls off, and what stands in its way."""

import numpy as np

from tools.pipeline.pixels import Floats
from tools.pipeline.scenes.facts import Light
from tools.pipeline.scenes.props import Normal, Prop, blocked

GOLDEN = np.pi * (3 - np.sqrt(5))


def toward(light: Light) -> Floats:
    """(3,) float32 unit vector (-1 to 1) to the light: right, up, away from the camera."""
    compass, rise = np.radians(light.direction), np.radians(light.elevation)
    flat = np.cos(rise)
    return np.array([flat * np.sin(compass), np.sin(rise), flat * np.cos(compass)], np.float32)


def sample_lamp(light: Light, count: int) -> Floats:
    """(count, 3) unit vectors (-1 to 1) to points of the lamp, evenly over its disc (a sunflower's
    seeds).
    """
    middle = toward(light)
    side = np.cross(middle, [0, 1, 0])
    side = side / max(float(np.linalg.norm(side)), 1e-6)
    over = np.cross(side, middle)
    number = np.arange(count) + 0.5
    radius = np.sqrt(number / count) * np.tan(np.radians(1.5 + 26 * light.softness))
    angle = number * GOLDEN
    rays = middle + np.outer(radius * np.cos(angle), side) + np.outer(radius * np.sin(angle), over)
    rays[:, 1] = np.maximum(rays[:, 1], 0.05)
    return np.asarray(rays / np.linalg.norm(rays, axis=1, keepdims=True), np.float32)


def sample_sky(count: int) -> Floats:
    """(count, 3) unit vectors (-1 to 1) over the upper half of the sky, as thick as a floor sees
    them.
    """
    number = np.arange(count) + 0.5
    flat = np.sqrt(number / count * 0.98)
    angle = number * GOLDEN
    rays = [flat * np.cos(angle), np.sqrt(1 - flat**2), flat * np.sin(angle)]
    return np.asarray(np.stack(rays, 1), np.float32)


def seen(props: tuple[Prop, ...], points: Floats, rays: Floats) -> Floats:
    """(N,) float32 0–1: the share of the rays (M, 3) from points (N, 3) that meet none of the
    props.
    """
    total = np.zeros(len(points), np.float32)
    for ray in rays:
        stopped = np.zeros(len(points), np.float32)
        for prop in props:
            np.maximum(stopped, blocked(prop, points, ray), out=stopped)
        total += stopped
    return np.asarray(1 - total / len(rays), np.float32)


def facing(light: Light, normal: Normal) -> Floats:
    """(…,) float32 from 0: how much key light a surface of that normal (three of (…,), unit length)
    takes, 1 for the floor. Soft light reaches around corners.
    """
    way = toward(light)
    wrap = 0.25 + 0.5 * light.softness
    straight = normal[0] * way[0] + normal[1] * way[1] + normal[2] * way[2]
    return np.asarray(np.maximum(straight + wrap, 0) / (way[1] + wrap), np.float32)


def falloff(light: Light, x: Floats, y: Floats, z: Floats) -> Floats:
    """(…,) float32 from 0: inverse squares from a lamp that stands as near as it is soft; 1 at the
    product's feet. Points are (…,), in world units.
    """
    distance = 5.0 - 3.4 * light.softness
    lamp = toward(light) * distance
    gap = (x - lamp[0]) ** 2 + (y - lamp[1]) ** 2 + (z - 1 - lamp[2]) ** 2
    return np.asarray(distance**2 / gap, np.float32)
