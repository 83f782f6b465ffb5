"""The set that a shadow falls on, on a small picture, and how its planes are mapped."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tools.pipeline.pixels import Floats

STAGE_AHEAD = 0.28  # as props.placed lays a stage before and behind the product's foot
Matrix: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Set:
    """The small picture that shadows are computed on: pixels, except depths and heights."""

    width: int
    height: int
    focal: float
    horizon: float
    tilt: float
    near: float
    thick: float
    back: float | None
    stage: dict[str, Any] | None
    product: float
    middle: float

    def foot(self, depth: float) -> float:
        """The row where the floor lies at this depth."""
        return self.horizon + self.focal * self.tilt / depth


def layout(place: dict[str, Any], size: tuple[int, int], product: tuple[float, float]) -> Set:
    """`size` (width, height) of the small picture, `product` (width, height) in its pixels."""
    width, height = size
    horizon = min(float(place["horizon"]), float(place["ground"]) - 0.08) * height
    focal = (place["floor"] - place["horizon"]) * height / place["tilt"]
    near = focal * place["tilt"] / (place["ground"] * height - horizon)
    thick = 0.55 * min(product) * near / focal
    back = None
    if place["back"] is not None and place["back"] * height - horizon > 1:
        back = focal * place["tilt"] / (place["back"] * height - horizon)
        thick = min(thick, max(0.8 * (back - near), 0.02))
    return Set(
        width,
        height,
        focal,
        horizon,
        place["tilt"],
        near,
        thick,
        back,
        place["stage"],
        min(product),
        place["x"] * width,
    )


def on_stage(room: Set) -> Floats:
    """(h, w) 1 where the product's own level is, falling off beyond the edge of its podium.

    What passes the edge lands lower and farther on, where the podium's own shadow lies.
    """
    if room.stage is None:
        return np.ones((room.height, room.width), np.float32)
    unit = min(room.width, room.height) / room.focal
    half = room.stage["width"] * unit / 2
    deep = (room.stage["depth"] or room.stage["width"]) * unit / 2
    row = np.arange(room.height, dtype=np.float32)[:, None] - np.float32(room.horizon)
    depth = room.focal * room.tilt / np.maximum(row, 1e-3)
    across = (
        (np.arange(room.width, dtype=np.float32)[None, :] - room.width / 2) / room.focal * depth
    )
    behind = depth - (1 + (half if room.stage["kind"] == "cylinder" else deep) * STAGE_AHEAD)
    if room.stage["kind"] == "cylinder":
        edge = half - np.hypot(across, behind)
    else:
        edge = np.minimum(half - np.abs(across), deep - np.abs(behind))
    return np.asarray(np.clip(0.35 + edge / (0.02 * unit), 0.35, 1), np.float32)


def seen_at(room: Set, depth: float) -> Matrix:
    """From a point (x, height, 1) of the upright plane at this depth to its pixel."""
    scale = room.focal / depth
    middle = room.width / 2
    return np.array(
        [[scale, 0, middle], [0, -scale, room.horizon + scale * room.tilt], [0, 0, 1]], np.float64
    )


def floor_map(room: Set, depth: float, ray: Floats) -> Matrix:
    """From a floor pixel to the pixel of the slice at `depth` that its ray to the lamp meets."""
    right, up, away = (float(v) for v in ray)
    away = away if abs(away) > 0.02 else 0.02
    middle = room.width / 2
    on_floor = np.array(
        [
            [room.tilt, 0, -middle * room.tilt],
            [0, 0, room.focal * room.tilt],
            [0, 1, -room.horizon],
        ],
        np.float64,
    )
    to_slice = np.array(
        [
            [1, -right / away, right * depth / away],
            [0, -up / away, up * depth / away],
            [0, 0, 1],
        ],
        np.float64,
    )
    return np.asarray(seen_at(room, depth) @ to_slice @ on_floor, np.float64)


def wall_map(room: Set, depth: float, ray: Floats) -> Matrix:
    """From a wall pixel to the pixel of the slice at `depth` that its ray to the lamp meets."""
    right, up, away = (float(v) for v in ray)
    back = room.back or 1.0
    way = (depth - back) / away
    on_wall = np.linalg.inv(seen_at(room, back))
    to_slice = np.array([[1, 0, right * way], [0, 1, up * way], [0, 0, 1]], np.float64)
    return np.asarray(seen_at(room, depth) @ to_slice @ on_wall, np.float64)
