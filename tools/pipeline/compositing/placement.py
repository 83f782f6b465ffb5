"""Where the product goes, and how large: everything that a drag may later override."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from tools.pipeline.compositing.fill import ON_STAGE
from tools.pipeline.compositing.silhouette import Silhouette, measure_silhouette
from tools.pipeline.errors import NoSubjectError
from tools.pipeline.pixels import Alpha
from tools.pipeline.scenes import registry
from tools.pipeline.scenes.facts import Scene

FILL, WIDEST, SMALLEST = 0.66, 0.86, 0.34
# A small product is brought nearer, but not so near that it looks soft.
LARGEST_SCALE = 1.5
HEADROOM = 0.05
OPEN_GROUND = 0.86
NEAR_ONE = 0.02


def place_product(
    alpha: Alpha,
    *,
    width: int,
    height: int,
    fill: float | None = None,
    x: float | None = None,
    y: float | None = None,
    scale: float | None = None,
    ground: float | None = None,
    cut_edges: list[str] | None = None,
    scene: str | None = None,
) -> dict[str, Any]:
    """How to lay the product of `alpha` (H×W uint8) on a canvas of width by height pixels, as JSON
    values.

    `x` is the middle of the product's box and `y` its foot, in shares of the canvas; `scale` is
    canvas pixels for each pixel of the photo; `ground` is the line its shadow falls from (below
    `y`, the product hovers). Whatever the visitor does not give is found: the scale is 1 where
    the product fits that way, so that its pixels stay untouched; a product that the photo cuts
    off stays glued to that edge. `fill` asks for a share of the canvas instead. The rest of the
    answer is the `scene`'s geometry and light, or an open studio's. Raises NoSubjectError where
    nothing was found, NothingToPlaceError where hardly anything was, and UnknownSceneError.
    """
    if not alpha.any():
        raise NoSubjectError
    shape = measure_silhouette(alpha)
    facts = registry.find_scene(scene) if scene else None
    cut = set(shape.cut if cut_edges is None else cut_edges)
    floor = ground if ground is not None else facts.view.ground if facts else OPEN_GROUND
    if scale is None:
        scale = scale_of(shape, width, height, floor, fill, cut, stage_width(facts, width, height))
    wide, high = shape.width * scale / width, shape.height * scale / height
    if y is None:
        y = glued(cut, "top", "bottom", high, foot=True)
        if y is None:
            # Without a scene there is no floor to stand on: the product hangs in the middle.
            y = floor if facts or ground is not None else min(0.5 + high / 2 + 0.01, 1.0)
    if x is None:
        x = glued(cut, "left", "right", wide, foot=False) or 0.5
    photo_high, photo_wide = alpha.shape
    return {
        "x": x,
        "y": y,
        "scale": scale,
        "width": width,
        "height": height,
        "ground": ground if ground is not None else y,
        "box": [
            shape.left / photo_wide,
            shape.top / photo_high,
            shape.right / photo_wide,
            shape.bottom / photo_high,
        ],
        "cut": sorted(cut),
        **geometry(facts),
    }


def scale_placement(placement: Mapping[str, Any], *, width: int, height: int) -> dict[str, Any]:
    """The same placement on a canvas of that size and the same shape."""
    scale = placement["scale"] * width / placement["width"]
    return {**placement, "scale": scale, "width": width, "height": height}


class Spot(NamedTuple):
    """The part of the photo that holds the product, and where and how large that is on a canvas, in
    pixels; nothing of a photo that holds none.
    """

    part: tuple[slice, slice]
    left: int
    top: int
    width: int
    height: int


def spotted(alpha: Alpha, placement: Mapping[str, Any], width: int, height: int) -> Spot:
    """Where the product of `alpha` (H×W uint8, above 0) lies on a canvas of width by height pixels;
    of no size where there is none.
    """
    rows, columns = np.flatnonzero(alpha.any(1)), np.flatnonzero(alpha.any(0))
    if rows.size == 0:
        return Spot((slice(0, 0), slice(0, 0)), 0, 0, 0, 0)
    y0, y1, x0, x1 = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    photo_high, photo_wide = alpha.shape
    left, _, right, bottom = placement["box"]
    scale = placement["scale"]
    at_x = placement["x"] * width - ((left + right) / 2 * photo_wide - x0) * scale
    at_y = placement["y"] * height - (bottom * photo_high - y0) * scale
    return Spot(
        (slice(y0, y1), slice(x0, x1)),
        round(at_x),
        round(at_y),
        max(round((x1 - x0) * scale), 1),
        max(round((y1 - y0) * scale), 1),
    )


def scale_of(
    shape: Silhouette,
    width: int,
    height: int,
    floor: float,
    fill: float | None,
    cut: set[str],
    stage: float | None,
) -> float:
    across, down = width / shape.width, height / shape.height
    if {"left", "right"} <= cut:
        return near_one(across)
    if {"top", "bottom"} <= cut:
        return near_one(down)
    if fill is not None:
        return near_one(fill * min(across, down))
    limit = min(WIDEST * across, (1.0 if "bottom" in cut else floor - HEADROOM) * down)
    if stage is not None:
        limit = min(limit, ON_STAGE * stage * across)
    shows = max(shape.width / width, shape.height / height) >= SMALLEST
    if limit >= 1 and shows:
        return 1.0
    return near_one(min(FILL * min(across, down), limit, LARGEST_SCALE))


def near_one(scale: float) -> float:
    """A product a hair smaller than asked is better than one resampled."""
    return 1.0 if 1 <= scale < 1 + NEAR_ONE else scale


def glued(cut: set[str], first: str, last: str, size: float, *, foot: bool) -> float | None:
    """Where the middle (or the foot) lies if the product runs off the canvas there, else None."""
    if last in cut:
        return 1.0 if foot else 1 - size / 2
    if first in cut:
        return size if foot else size / 2
    return None


def stage_width(facts: Scene | None, width: int, height: int) -> float | None:
    stage = facts.stage if facts else None
    return stage.width * min(width, height) / width if stage else None


def geometry(facts: Scene | None) -> dict[str, Any]:
    """The camera, light and floor that the shadow needs; an open studio's without a scene."""
    if facts is None:
        view = {"horizon": 0.2, "floor": OPEN_GROUND, "tilt": 0.3, "back": None, "stage": None}
        return {**view, "direction": 315, "elevation": 60, "softness": 0.8, "key": 0.5}
    stage = facts.stage
    light = facts.light
    # Only an upright wall takes a shadow: a sweep's is far behind, a garden farther.
    back = facts.view.back if facts.wall else None
    return {
        "horizon": facts.view.horizon,
        "floor": facts.view.ground,
        "tilt": facts.view.tilt,
        "back": back,
        "stage": {
            "width": stage.width,
            "height": stage.height,
            "kind": stage.kind,
            "depth": stage.depth,
        }
        if stage
        else None,
        "direction": light.direction,
        "elevation": light.elevation,
        "softness": light.softness,
        "key": light.key,
    }
