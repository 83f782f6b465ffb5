"""Lines that shapes are turned and swept from. Lengths are metres."""

import math
from collections.abc import Sequence

from mathutils import Vector

from scripts.render_samples.scene import Point

Flat = tuple[float, float]


def rounded(corners: Sequence[Flat], radius: float, steps: int = 6) -> list[Flat]:
    """The polyline with each inner corner replaced by a curve that starts `radius` before it."""
    line = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        here = Vector(corner)
        arm_in, arm_out = Vector(before) - here, Vector(after) - here
        reach_in = min(radius, arm_in.length * 0.49)
        reach_out = min(radius, arm_out.length * 0.49)
        start = here + arm_in.normalized() * reach_in
        end = here + arm_out.normalized() * reach_out
        for step in range(steps + 1):
            t = step / steps
            point = start * (1 - t) ** 2 + here * (2 * t * (1 - t)) + end * t**2
            line.append((point.x, point.y))
    return [*line, corners[-1]]


def smooth_path(corners: Sequence[Point], steps: int = 12, *, closed: bool = False) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    points = [Vector(corner) for corner in corners]
    count = len(points)
    path: list[Point] = []
    for index in range(count if closed else count - 1):
        if closed:
            a, b, c, d = (points[(index + shift) % count] for shift in (-1, 0, 1, 2))
        else:
            a, b = points[max(index - 1, 0)], points[index]
            c, d = points[index + 1], points[min(index + 2, count - 1)]
        for step in range(steps):
            t = step / steps
            point = 0.5 * (
                2 * b
                + (c - a) * t
                + (2 * a - 5 * b + 4 * c - d) * t**2
                + (3 * b - a - 3 * c + d) * t**3
            )
            path.append(tuple(point))
    if not closed:
        path.append(tuple(points[-1]))
    return path


def circle(radius: float, sides: int = 24, *, flat: float = 1) -> list[Flat]:
    return [
        (
            radius * math.cos(2 * math.pi * side / sides),
            radius * flat * math.sin(2 * math.pi * side / sides),
        )
        for side in range(sides)
    ]


def slab_section(width: float, height: float, radius: float) -> list[Flat]:
    """A rectangle with round corners, as a closed loop."""
    x, y = width / 2, height / 2
    loop = [(0.0, -y), (x, -y), (x, y), (-x, y), (-x, -y), (0.0, -y)]
    return rounded(loop, radius, 4)[:-1]
