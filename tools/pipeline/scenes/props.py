"""The set's solids in world units: what light they stop, and which faces the camera sees."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.pipeline.pixels import Floats
from tools.pipeline.scenes.camera import Camera, narrow
from tools.pipeline.scenes.facts import Scene, Solid

Reals = NDArray[np.floating[Any]]
Normal = tuple[Floats | float, Floats | float, Floats | float]


@dataclass(frozen=True)
class Prop:
    """Axis-aligned: centre (x, z), half sizes, and heights `low`..`high` over the product's feet."""

    solid: Solid
    x: float
    z: float
    half: float
    thick: float
    low: float
    high: float


def placed(scene: Scene, eye: Camera) -> tuple[Prop, ...]:
    """Far props first, so that near ones are painted over them; of two in one place the lower."""
    found = []
    for solid in scene.solids:
        unit = eye.unit
        half = solid.width * unit / 2
        round_ = solid.kind in {"cylinder", "ball"}
        thick = half if round_ else solid.depth * unit / 2
        low = solid.base * unit - eye.drop
        tall = solid.width if solid.kind in {"ball", "disc"} else solid.height
        # A stage reaches forward so that the product's foot is well inside its edge.
        ahead = (half if round_ else thick) * 0.28 if solid.stage else thick
        z = 1 + solid.z * unit + ahead
        found.append(Prop(solid, solid.x * unit, z, half, thick, low, low + tall * unit))
    return tuple(sorted(found, key=lambda prop: (-round(prop.z, 3), prop.high)))


def blocked(prop: Prop, points: Floats, ray: Floats) -> Floats:
    """(N,) float32 0 or 1: 1 where a ray from a point of (N, 3) in direction (3,) meets the prop."""
    x, y, z = points[:, 0] - prop.x, points[:, 1], points[:, 2] - prop.z
    middle, reach = (prop.low + prop.high) / 2, (prop.high - prop.low) / 2
    match prop.solid.kind:
        case "cylinder":
            spans = [quadric((x, z), (ray[0], ray[2]), prop.half), slab(y - middle, ray[1], reach)]
        case "ball":
            spans = [quadric((x, y - middle, z), tuple(ray), prop.half)]
        case "disc":
            spans = [
                quadric((x, y - middle), (ray[0], ray[1]), prop.half),
                slab(z, ray[2], prop.thick),
            ]
        case "arch":
            return np.maximum(*(blocked(part, points, ray) for part in arch_parts(prop)))
        case _:
            spans = [
                slab(x, ray[0], prop.half),
                slab(y - middle, ray[1], reach),
                slab(z, ray[2], prop.thick),
            ]
    enter, leave = spans[0]
    for begin, end in spans[1:]:
        enter, leave = np.maximum(enter, begin), np.minimum(leave, end)
    return np.asarray(leave > np.maximum(enter, np.float32(1e-4)), np.float32)


def arch_parts(prop: Prop) -> tuple[Prop, Prop]:
    """The rectangle below and the round above."""
    spring = prop.high - prop.half
    body = Prop(
        Solid("box", prop.solid.surface, 0), prop.x, prop.z, prop.half, prop.thick, prop.low, spring
    )
    crown = Prop(
        Solid("disc", prop.solid.surface, 0),
        prop.x,
        prop.z,
        prop.half,
        prop.thick,
        spring - prop.half,
        prop.high,
    )
    return body, crown


def slab(at: Floats, speed: float, half: float) -> tuple[Floats, Floats]:
    speed = speed if abs(speed) > 1e-6 else 1e-6
    first, second = (-half - at) / speed, (half - at) / speed
    return np.minimum(first, second), np.maximum(first, second)


def quadric(at: tuple[Floats, ...], ray: tuple[float, ...], radius: float) -> tuple[Floats, Floats]:
    a = max(sum(float(r) ** 2 for r in ray), 1e-9)
    b, c = at[0] * np.float32(ray[0] / a), at[0] * at[0]
    for place, way in zip(at[1:], ray[1:], strict=True):
        b += place * np.float32(way / a)
        c += place * place
    c -= np.float32(radius**2)
    c *= np.float32(1 / a)
    inside = b * b - c
    # A ray that passes by has no way inside: its root is not a number, and no number is beyond it.
    with np.errstate(invalid="ignore"):
        root = np.sqrt(inside)
    return -b - root, root - b


@dataclass(frozen=True)
class Face:
    """One visible side of a prop, over a window of the picture.

    `cover` (h, w) 0..1, the point seen `x`, `y`, `z` (h, w), its `normal` as three arrays or
    numbers, and where on the material it lies.
    """

    cover: Floats
    x: Floats
    y: Floats
    z: Floats
    normal: Normal
    u: Floats
    v: Floats


def window(prop: Prop, eye: Camera, band: slice) -> tuple[slice, slice] | None:
    """Rows and columns (within the picture) that the prop may touch, or None."""
    near, far = max(prop.z - prop.thick, 0.2), prop.z + prop.thick
    edge = [
        x / z * eye.focal for x in (prop.x - prop.half, prop.x + prop.half) for z in (near, far)
    ]
    rise = [(eye.view.tilt - y) / z * eye.focal for y in (prop.low, prop.high) for z in (near, far)]
    left, right = int(min(edge) + eye.width / 2) - 3, int(max(edge) + eye.width / 2) + 4
    horizon = eye.view.horizon * eye.height
    top, bottom = int(min(rise) + horizon) - 3, int(max(rise) + horizon) + 4
    top, bottom = max(top, band.start), min(bottom, band.stop)
    left, right = max(left, 0), min(right, eye.width)
    if top >= bottom or left >= right:
        return None
    return slice(top, bottom), slice(left, right)


def shown(seen: Reals, x: Reals, y: Reals, z: Reals, normal: Normal, u: Reals, v: Reals) -> Face:
    return Face(narrow(seen), narrow(x), narrow(y), narrow(z), normal, narrow(u), narrow(v))


def cover(field: Reals, soft: float = 1.0) -> Floats:
    """How much of each pixel lies where `field` is positive, by its distance from zero."""
    down, across = np.gradient(field)
    steep = np.maximum(np.hypot(down, across), 1e-9)
    return np.asarray(np.clip(0.5 + field / steep / np.float32(soft), 0, 1), np.float32)


def faces(prop: Prop, a: Floats, s: Floats, tilt: float, soft: float) -> Iterator[Face]:
    """In painting order. `a` (w,) and `s` (h,) are the rays' slopes right and down, of any range;
    the faces are h×w.
    """
    a2, s2 = np.meshgrid(a, s)
    match prop.solid.kind:
        case "cylinder":
            yield barrel(prop, a2, s2, tilt, soft)
            yield lid(prop, a2, s2, tilt, soft)
        case "ball":
            yield ball(prop, a2, s2, tilt, soft)
        case "box":
            yield from box(prop, a2, s2, tilt, soft)
        case _:
            yield panel(prop, a2, s2, tilt, soft)


def lid(prop: Prop, a: Floats, s: Floats, tilt: float, soft: float) -> Face:
    # A lid above the camera's height is not seen; its plane is met behind the camera.
    z = np.where(s > 1e-4, (tilt - prop.high) / np.maximum(s, 1e-4), 1e3)
    z = np.minimum(np.maximum(z, 1e-3), 1e3)
    seen = cover(prop.half - np.hypot(a * z - prop.x, z - prop.z), soft)
    seen = seen * np.float32(tilt > prop.high)
    x, y = a * z, np.full_like(z, prop.high)
    return shown(seen, x, y, z, (0.0, 1.0, 0.0), x - prop.x, z)


def barrel(prop: Prop, a: Floats, s: Floats, tilt: float, soft: float) -> Face:
    square, half = a * a + 1, -(a * prop.x + prop.z)
    inside = half * half - square * (prop.x**2 + prop.z**2 - prop.half**2)
    z = (-half - np.sqrt(np.maximum(inside, 0))) / square
    y = tilt - s * z
    seen = cover(inside, soft) * cover(y - prop.low, soft) * cover(prop.high - y + 1e-6)
    nx, nz = (a * z - prop.x) / prop.half, (z - prop.z) / prop.half
    around = np.arctan2(nx, -nz) * prop.half
    return shown(seen, a * z, y, z, (nx, 0.0, nz), around, y)


def ball(prop: Prop, a: Floats, s: Floats, tilt: float, soft: float) -> Face:
    middle = (prop.low + prop.high) / 2
    lift = tilt - middle
    square, half = a * a + s * s + 1, -(a * prop.x + s * lift + prop.z)
    inside = half * half - square * (prop.x**2 + lift**2 + prop.z**2 - prop.half**2)
    z = (-half - np.sqrt(np.maximum(inside, 0))) / square
    x, y = a * z, tilt - s * z
    normal = ((x - prop.x) / prop.half, (y - middle) / prop.half, (z - prop.z) / prop.half)
    return shown(cover(inside, soft), x, y, z, normal, x - prop.x, y)


def panel(prop: Prop, a: Floats, s: Floats, tilt: float, soft: float) -> Face:
    """The front of a disc or an arch."""
    front = prop.z - prop.thick
    x, y = a * front, tilt - s * front
    middle = prop.high - prop.half
    field = prop.half - np.hypot(x - prop.x, y - middle)
    if prop.solid.kind == "arch":
        below = np.minimum(prop.half - np.abs(x - prop.x), y - prop.low)
        field = np.where(y > middle, field, below)
    return shown(cover(field, soft), x, y, np.full_like(x, front), (0.0, 0.0, -1.0), x - prop.x, y)


def box(prop: Prop, a: Floats, s: Floats, tilt: float, soft: float) -> Iterator[Face]:
    front, back = prop.z - prop.thick, prop.z + prop.thick

    def within(low: float, high: float, value: Reals) -> Reals:
        return np.asarray(np.minimum(value - low, high - value))

    for side in (-1, 1):
        edge = prop.x + side * prop.half
        # Only the side that faces the camera's axis is seen.
        if edge * side < 0:
            safe = np.where(np.abs(a) > 1e-5, a, 1e-5 * -side)
            z = narrow(np.clip(edge / safe, 1e-3, 1e3))
            y = tilt - s * z
            seen = cover(within(front, back, z), soft) * cover(within(prop.low, prop.high, y), soft)
            yield shown(seen, np.full_like(z, edge), y, z, (float(side), 0.0, 0.0), z, y)
    if tilt > prop.high:
        z = narrow(np.clip((tilt - prop.high) / np.maximum(s, 1e-4), 1e-3, 1e3))
        x = a * z
        left, right = prop.x - prop.half, prop.x + prop.half
        seen = cover(within(front, back, z), soft) * cover(within(left, right, x), soft)
        yield shown(seen, x, np.full_like(x, prop.high), z, (0.0, 1.0, 0.0), x, z)
    x, y = a * front, tilt - s * front
    seen = cover(prop.half - np.abs(x - prop.x), soft) * cover(within(prop.low, prop.high, y), soft)
    yield shown(seen, x, y, np.full_like(x, front), (0.0, 0.0, -1.0), x, y)
