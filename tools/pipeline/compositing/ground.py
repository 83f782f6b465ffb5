"""The set that a shadow falls on, on a small picture, and how its planes are mapped."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tools.pipeline.pixels import Floats

STAGE_AHEAD = 0.28  # as props.placed lays a stage before and behind the product's foot
Matrix: TypeAlias = NDArray[np.float64]
Reals: TypeAlias = NDArray[np.floating[Any]]


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
    """h×w float32 0–1: 1 where the product's own level is, falling off beyond the edge of its
    podium.

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


def seen_at(room: Set, depths: Reals) -> Matrix:
    """(N, 3, 3) from a point (x, height, 1) of the upright plane at each depth to its pixel."""
    scale = room.focal / depths
    found = np.zeros((len(depths), 3, 3))
    found[:, 0, 0], found[:, 0, 2] = scale, room.width / 2
    found[:, 1, 1], found[:, 1, 2] = -scale, room.horizon + scale * room.tilt
    found[:, 2, 2] = 1
    return found


def floor_maps(room: Set, depths: Reals, rays: Reals) -> Matrix:
    """Homographies (N, 3, 3), of any range, from a floor pixel to the pixel of the slice at each
    depth (N,) that its ray to the lamp, one of (N, 3), meets.
    """
    right, up, away = rays.T
    away = np.where(np.abs(away) > 0.02, away, 0.02)
    middle, tilt = room.width / 2, room.tilt
    on_floor = np.array(
        [[tilt, 0, -middle * tilt], [0, 0, room.focal * tilt], [0, 1, -room.horizon]]
    )
    to_slice = np.zeros((len(depths), 3, 3))
    to_slice[:, 0, 0] = to_slice[:, 2, 2] = 1
    to_slice[:, 0, 1], to_slice[:, 0, 2] = -right / away, right * depths / away
    to_slice[:, 1, 1], to_slice[:, 1, 2] = -up / away, up * depths / away
    return np.asarray(seen_at(room, depths) @ to_slice @ on_floor, np.float64)


def wall_maps(room: Set, back: float, depths: Reals, rays: Reals) -> Matrix:
    """As `floor_maps`, (N, 3, 3) of any range, from a pixel of the wall at the depth `back`; for
    rays that come from it.
    """
    right, up, away = rays.T
    way = (depths - back) / np.where(away < 0, away, -1)
    to_slice = np.zeros((len(depths), 3, 3))
    to_slice[:, 0, 0] = to_slice[:, 1, 1] = to_slice[:, 2, 2] = 1
    to_slice[:, 0, 2], to_slice[:, 1, 2] = right * way, up * way
    on_wall = np.linalg.inv(seen_at(room, np.array([back])))
    return np.asarray(seen_at(room, depths) @ to_slice @ on_wall, np.float64)
