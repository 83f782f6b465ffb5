"""The shift-lens camera: which point of floor, sweep and wall a pixel row sees.

Without tilt or roll every pixel row sees one depth, so that the set's geometry is a handful of
vectors as long as the picture is high, and only what lies on the surfaces is computed per pixel.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from tools.pipeline.pixels import Floats
from tools.pipeline.scenes.facts import Scene, View


@dataclass(frozen=True)
class Camera:
    """`focal` is in pixels, `drop` how far the floor lies under the product's feet."""

    width: int
    height: int
    view: View
    drop: float

    @property
    def focal(self) -> float:
        return (self.view.ground - self.view.horizon) * self.height / self.view.tilt

    @property
    def unit(self) -> float:
        """World length of the picture's smaller side at the product's depth."""
        return min(self.width, self.height) / self.focal

    @property
    def wall(self) -> float:
        """Depth of the wall."""
        rise = (self.view.back - self.view.horizon) * self.height / self.focal
        return (self.view.tilt + self.drop) / rise

    @property
    def radius(self) -> float:
        return self.view.sweep * (self.wall - 1)

    def across(self) -> Floats:
        """(W,) how far right a ray goes for each unit of depth."""
        x = np.arange(self.width, dtype=np.float32) + np.float32(0.5 - self.width / 2)
        return np.asarray(x / np.float32(self.focal), np.float32)

    def down(self, rows: slice) -> Floats:
        """(rows,) how far down a ray goes for each unit of depth; negative above the horizon."""
        y = np.arange(rows.start, rows.stop, dtype=np.float32) + np.float32(0.5)
        middle = np.float32(self.view.horizon * self.height)
        return np.asarray((y - middle) / np.float32(self.focal), np.float32)


def camera(scene: Scene, width: int, height: int) -> Camera:
    view = scene.view
    unit = min(width, height) / ((view.ground - view.horizon) * height / view.tilt)
    stage = scene.stage
    return Camera(width, height, view, (stage.base + stage.height) * unit if stage else 0.0)


@dataclass(frozen=True)
class Rows:
    """What the pixel rows see: all (rows,) float32.

    `depth` and `level` (height over the product's feet) are the point that is hit, `along` its
    way over floor, sweep and wall as one sheet, `wall` is 0 on the floor and 1 on the wall,
    `stretch` how many units of the sheet a pixel covers downwards.
    """

    depth: Floats
    level: Floats
    along: Floats
    wall: Floats
    stretch: Floats


def floor(eye: Camera, band: slice) -> Rows:
    """The floor alone, as if there were no wall; beyond the wall it stays at the wall's depth."""
    slope = eye.down(band)
    depth = np.minimum((eye.view.tilt + eye.drop) / np.maximum(slope, 1e-4), eye.wall)
    facing = np.maximum(slope, 0.02)
    level = np.full_like(depth, -eye.drop)
    return Rows(*map(narrow, (depth, level, depth, 0 * depth, depth / eye.focal / facing)))


def wall(eye: Camera, band: slice) -> Rows:
    """The wall alone, going on below the floor."""
    level = eye.view.tilt - eye.down(band) * eye.wall
    depth = np.full_like(level, eye.wall)
    return Rows(*map(narrow, (depth, level, level, 1 + 0 * depth, depth / eye.focal)))


def sheet(eye: Camera, band: slice) -> Rows:
    """Floor, curve and wall as one bent sheet of paper."""
    flat, upright, slope = floor(eye, band), wall(eye, band), eye.down(band)
    bend, radius = eye.wall - eye.radius, max(eye.radius, 1e-3)
    # The quarter circle about (bend, radius - drop): the far root of a quadratic in depth.
    lift = eye.view.tilt + eye.drop - radius
    a, b = 1 + slope**2, -(bend + slope * lift)
    c = bend**2 + lift**2 - radius**2
    arc = (-b + np.sqrt(np.maximum(b * b - a * c, 0))) / a
    angle = np.arctan2(arc - bend, slope * arc - lift)
    bent = (flat.depth > bend) & (angle < np.pi / 2)
    straight = ~bent & (upright.level >= radius - eye.drop)
    turn = np.clip(angle / (np.pi / 2), 0, 1)
    facing = np.maximum(slope * np.cos(angle) + np.sin(angle), 0.02)
    rise = bend + radius * (np.pi / 2 - 1) + upright.level + eye.drop
    return Rows(
        narrow(np.where(straight, upright.depth, np.where(bent, arc, flat.depth))),
        narrow(
            np.where(
                straight, upright.level, np.where(bent, -slope * arc + eye.view.tilt, flat.level)
            )
        ),
        narrow(np.where(straight, rise, np.where(bent, bend + radius * angle, flat.along))),
        narrow(np.where(straight, 1, np.where(bent, turn, 0))),
        narrow(
            np.where(
                straight, upright.stretch, np.where(bent, arc / eye.focal / facing, flat.stretch)
            )
        ),
    )


def narrow(values: Any) -> Floats:
    """Anything as float32, of its own shape (…,) and of any range."""
    return np.asarray(values, np.float32)
