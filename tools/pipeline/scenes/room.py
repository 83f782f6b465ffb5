"""Draws a scene: a floor, what is behind it, solids, a light and what stands in its way."""

from dataclasses import dataclass

import cv2
import numpy as np

from tools.pipeline.pixels import Floats, Rgb
from tools.pipeline.scenes import camera, gobo, light, props
from tools.pipeline.scenes.backdrops import backdrop
from tools.pipeline.scenes.camera import Camera, Rows
from tools.pipeline.scenes.colours import linear
from tools.pipeline.scenes.facts import Scene, Surface
from tools.pipeline.scenes.finish import develop
from tools.pipeline.scenes.props import Face, Normal, Prop
from tools.pipeline.scenes.surfaces.materials import skin
from tools.pipeline.scenes.surfaces.texture import Texture, sample

BAND_PIXELS = 400_000
COARSE = 160
LAMP_RAYS, SKY_RAYS = 36, 16


@dataclass(frozen=True)
class Room:
    """All that is drawn before the first pixel; sizes follow the picture's."""

    scene: Scene
    eye: Camera
    floor: Texture
    wall: Texture | None
    behind: Floats | None
    mask: Floats | None
    props: tuple[Prop, ...]
    skins: dict[Surface, Texture]
    shade: dict[str, Floats]


def paint(scene: Scene, width: int, height: int, seed: int) -> Rgb:
    """The scene at this size; a band of rows at a time, so that memory stays small."""
    room = built(scene, width, height, seed)
    out = np.empty((height, width, 3), np.uint8)
    rows = max(BAND_PIXELS // width, 4)
    for start in range(0, height, rows):
        band = slice(start, min(start + rows, height))
        out[band] = develop(lit(room, band), band, height, scene.grain, scene.seed + seed)
    return out


def built(scene: Scene, width: int, height: int, seed: int) -> Room:
    eye = camera.camera(scene, width, height)
    way = light.toward(scene.light)
    number = scene.seed + seed * 1000
    on_floor, on_wall = (float(way[0]), float(way[2])), (float(way[0]), float(way[1]))
    solids = props.placed(scene, eye)
    surfaces = {prop.solid.surface for prop in solids}
    return Room(
        scene=scene,
        eye=eye,
        floor=skin(scene.floor, focal=eye.focal, seed=number, toward=on_floor),
        wall=skin(scene.wall, focal=eye.focal, seed=number + 1, toward=on_wall)
        if scene.wall
        else None,
        behind=backdrop(scene.backdrop, width, height, number) if scene.backdrop else None,
        mask=gobo.pattern(scene.gobo, number, min(max(width, height), 1024))
        if scene.gobo
        else None,
        props=solids,
        skins={s: skin(s, focal=eye.focal, seed=number + 2, toward=on_wall) for s in surfaces},
        shade=shades(scene, eye, solids),
    )


def shades(scene: Scene, eye: Camera, solids: tuple[Prop, ...]) -> dict[str, Floats]:
    """What the solids take from floor and wall: (h, w, 2) shares of lamp and sky that remain.

    Soft by nature, so computed on a coarse picture and enlarged.
    """
    if not solids:
        return {}
    longest = max(eye.width, eye.height)
    scale = min(COARSE, longest / 4) / longest
    wide, high = max(round(eye.width * scale), 8), max(round(eye.height * scale), 8)
    small = Camera(wide, high, eye.view, eye.drop)
    lamp, sky = light.cone(scene.light, LAMP_RAYS), light.dome(SKY_RAYS)
    out = {}
    for name, see in (("floor", camera.floor), ("wall", camera.wall)):
        rows = see(small, slice(0, high))
        x = small.across()[None, :] * rows.depth[:, None]
        points = np.stack(
            np.broadcast_arrays(x, rows.level[:, None], rows.depth[:, None] - 1e-3), -1
        )
        flat = np.ascontiguousarray(points.reshape(-1, 3), np.float32)
        # The wall sees the sky in front of it, not behind it.
        rays = (
            sky
            if name == "floor"
            else sky * np.array([1, 1, -1], np.float32) * np.sign(sky[:, 2:3])
        )
        seen = [light.seen(solids, flat, lamp), light.seen(solids, flat, rays)]
        # The rays are few; a blur narrower than any penumbra hides their steps.
        kept = np.stack(seen, 1).reshape(high, wide, 2)
        out[name] = np.asarray(cv2.GaussianBlur(kept, (0, 0), 1.1), np.float32)
    return out


def lit(room: Room, band: slice) -> Floats:
    """(rows, W, 3) linear light of these rows."""
    scene, eye = room.scene, room.eye
    if scene.wall is None and scene.backdrop is None:
        picture = surface(room, camera.sheet(eye, band), room.floor, scene.floor, "sheet", band)
    else:
        seam, soft = scene.view.back * eye.height, max(1.0, float(blur_at(room, eye.wall)) * 1.6)
        row = np.arange(band.start, band.stop, dtype=np.float32) + 0.5
        below = np.clip((row - seam) / soft + 0.5, 0, 1)
        below = below * below * (3 - 2 * below)
        picture = np.zeros((len(row), eye.width, 3), np.float32)
        near, far = np.flatnonzero(below > 0), np.flatnonzero(below < 1)
        if near.size:
            part = slice(band.start + int(near[0]), band.stop)
            seen = surface(room, camera.floor(eye, part), room.floor, scene.floor, "floor", part)
            picture[near] += seen * below[near, None, None]
        if far.size:
            part = slice(band.start, band.start + int(far[-1]) + 1)
            picture[far] += upright(room, part) * (1 - below[far, None, None])
    for prop in room.props:
        overlay(room, prop, picture, band)
    return picture


def upright(room: Room, part: slice) -> Floats:
    scene = room.scene
    if room.wall is not None and scene.wall is not None:
        return surface(room, camera.wall(room.eye, part), room.wall, scene.wall, "wall", part)
    return stretched(room.behind, room.eye, part)


def stretched(small: Floats | None, eye: Camera, part: slice) -> Floats:
    """These rows of a small picture that stands for the whole."""
    assert small is not None  # noqa: S101 - a scene without a wall has a backdrop
    rows, columns = small.shape[:2]
    x = (np.arange(eye.width, dtype=np.float32) + 0.5) * (columns / eye.width) - 0.5
    y = (np.arange(part.start, part.stop, dtype=np.float32) + 0.5) * (rows / eye.height) - 0.5
    across, down = np.meshgrid(x.astype(np.float32), y.astype(np.float32))
    return np.asarray(
        cv2.remap(small, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
        np.float32,
    )


def blur_at(room: Room, depth: Floats | float) -> Floats:
    """Pixels across the circle of confusion; the lens is focused on the product."""
    view = room.scene.view
    return np.asarray(view.blur * room.eye.height * np.abs(1 - 1 / np.asarray(depth)), np.float32)


def surface(
    room: Room, rows: Rows, cloth: Texture, facts: Surface, name: str, band: slice
) -> Floats:
    """Albedo times light over whole rows of floor, wall or sheet."""
    eye, scene = room.eye, room.scene
    depth = rows.depth[:, None]
    x = eye.across()[None, :] * depth
    spread = np.sqrt(rows.depth / eye.focal * rows.stretch)
    spread = np.hypot(spread, blur_at(room, rows.depth) * rows.depth / eye.focal)
    colour = sample(cloth, x, rows.along[:, None], spread)
    angle = rows.wall * np.float32(np.pi / 2)
    normal = (0.0, np.cos(angle)[:, None], -np.sin(angle)[:, None])
    points = (x, np.broadcast_to(rows.level[:, None], x.shape), np.broadcast_to(depth, x.shape))
    kept = None
    if room.shade:
        kept = stretched(room.shade["floor" if name == "sheet" else name], eye, band)
    shine = irradiance(room, points, normal, kept, corner(room, rows, name))
    picture = colour * shine
    if name in {"wall", "sheet"} and scene.glow:
        picture *= 1 + scene.glow * pool(eye, band)[..., None] * rows.wall[:, None, None]
    return mirrored(room, picture, facts, band) if facts.gloss and name != "wall" else picture


def corner(room: Room, rows: Rows, name: str) -> Floats:
    """(rows, 1) share of the sky that floor and wall leave each other."""
    gap = room.eye.wall - rows.depth if name == "floor" else rows.level + room.eye.drop
    if name == "sheet":
        return np.asarray(1 - 0.16 * np.sin(rows.wall * np.pi / 2)[:, None], np.float32)
    gap = np.maximum(gap, 0)
    if room.scene.backdrop:
        return np.ones((len(gap), 1), np.float32)
    return np.asarray(
        (1 - 0.30 * np.exp(-gap / 0.10) - 0.22 * np.exp(-gap / 0.015))[:, None], np.float32
    )


def irradiance(
    room: Room,
    points: tuple[Floats, Floats, Floats],
    normal: Normal,
    kept: Floats | None,
    sky: Floats,
) -> Floats:
    """(H, W, 3) light at the points; 1 where nothing keeps it from the floor."""
    facts = room.scene.light
    lamp = light.facing(facts, normal) * light.falloff(facts, *points)
    if kept is not None:
        lamp, sky = lamp * kept[..., 0], sky * (0.25 + 0.75 * kept[..., 1])
    if room.mask is not None and room.scene.gobo is not None:
        lamp = lamp * gobo.project(room.mask, room.scene.gobo, facts, room.eye, points)
    key = linear(facts.colour) * np.float32(facts.key)
    rest = linear(facts.ambient) * np.float32(1 - facts.key)
    return np.asarray(lamp[..., None] * key + sky[..., None] * rest, np.float32)


def pool(eye: Camera, band: slice) -> Floats:
    """(rows, W) a lamp aimed at the background behind the product."""
    y = (np.arange(band.start, band.stop, dtype=np.float32) + 0.5) / eye.height
    x = (np.arange(eye.width, dtype=np.float32) + 0.5 - eye.width / 2) / min(eye.width, eye.height)
    far = (x[None, :] / 0.52) ** 2 + ((y[:, None] - eye.view.back + 0.16) / 0.42) ** 2
    return np.asarray(np.exp(-far), np.float32)


def mirrored(room: Room, picture: Floats, facts: Surface, band: slice) -> Floats:
    """A polished floor gives back what stands behind it, the more the flatter one looks."""
    eye, scene = room.eye, room.scene
    slope = np.maximum(eye.down(band), 1e-3)
    fresnel = 0.04 + 0.96 * (1 - slope / np.hypot(1, slope)) ** 5
    share = np.asarray(facts.gloss * fresnel, np.float32)[:, None, None]
    edge = scene.view.back * eye.height
    row = np.arange(band.start, band.stop) + 0.5
    if room.behind is not None:
        small = np.asarray(
            cv2.GaussianBlur(room.behind, (0, 0), room.behind.shape[0] / 40), np.float32
        )
        scale = small.shape[0] / eye.height
        at = np.clip((2 * edge - row) * scale, 0, small.shape[0] - 1).astype(int)
        image = cv2.resize(small[at], (eye.width, len(row)), interpolation=cv2.INTER_LINEAR)
    else:
        behind = linear((scene.wall or scene.floor).colours[0])
        image = behind * (0.75 + 0.25 * np.exp(-(row - edge) / eye.height / 0.2))[:, None, None]
    return np.asarray(picture * (1 - share) + image * share, np.float32)


def overlay(room: Room, prop: Prop, picture: Floats, band: slice) -> None:
    """Paints one solid over these rows."""
    eye = room.eye
    found = props.window(prop, eye, band)
    if found is None:
        return
    rows, columns = found
    # A ring of one pixel more, so that edges are as smooth along a band's border as elsewhere.
    slopes = eye.down(slice(rows.start - 1, rows.stop + 1))
    across = eye.across()
    step = across[1] - across[0]
    left = across[columns.start] - step
    a = left + step * np.arange(columns.stop - columns.start + 2, dtype=np.float32)
    soft = max(1.0, float(blur_at(room, max(prop.z - prop.thick, 0.3))))
    target = picture[rows.start - band.start : rows.stop - band.start, columns]
    for face in props.faces(prop, a, slopes, eye.view.tilt, soft):
        inner = face.cover[1:-1, 1:-1, None]
        if not inner.any():
            continue
        colour = faced(room, prop, face)[1:-1, 1:-1]
        target += (colour - target) * inner


def faced(room: Room, prop: Prop, face: Face) -> Floats:
    eye, cloth = room.eye, room.skins[prop.solid.surface]
    depth = np.clip(np.median(face.z, axis=1), 0.2, 50)
    spread = np.hypot(depth / eye.focal, blur_at(room, depth) * depth / eye.focal)
    colour = sample(cloth, face.u, face.v, np.asarray(spread, np.float32))
    others = tuple(other for other in room.props if other is not prop)
    kept = None
    if others:
        kept = coarse_shade(room, others, face)
    # Less sky and some of the floor's light, the lower one looks.
    up = np.asarray(face.normal[1], np.float32)
    foot = np.clip((face.y - prop.low) / max(prop.high - prop.low, 1e-6), 0, 1)
    sky = np.where(up > 0.9, 1.0, (0.86 + 0.14 * up) * (0.68 + 0.32 * np.sqrt(foot)))
    shine = irradiance(
        room, (face.x, face.y, face.z), face.normal, kept, np.asarray(sky, np.float32)
    )
    return np.asarray(colour * shine, np.float32)


def coarse_shade(room: Room, others: tuple[Prop, ...], face: Face) -> Floats:
    """What other props take from this face, from every few pixels of it."""
    high, wide = face.x.shape
    down, right = max(high // 72, 1), max(wide // 72, 1)
    grid = [np.ascontiguousarray(v[::down, ::right]) for v in (face.x, face.y, face.z)]
    points = np.stack([v.ravel() for v in grid], 1).astype(np.float32)
    lamp = light.seen(others, points, light.cone(room.scene.light, LAMP_RAYS))
    sky = light.seen(others, points, light.dome(SKY_RAYS))
    small = cv2.GaussianBlur(np.stack([lamp, sky], 1).reshape(*grid[0].shape, 2), (0, 0), 1.1)
    x = np.arange(wide, dtype=np.float32) / right
    y = np.arange(high, dtype=np.float32) / down
    across, along = np.meshgrid(x, y)
    return np.asarray(
        cv2.remap(small, across, along, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
        np.float32,
    )
