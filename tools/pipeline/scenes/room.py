"""The set as built for one picture: all that is made before the first pixel is drawn."""

from dataclasses import dataclass

import cv2
import numpy as np

from tools.pipeline.pixels import Floats
from tools.pipeline.scenes import camera, gobo, light, props
from tools.pipeline.scenes.backdrops import backdrop
from tools.pipeline.scenes.camera import Camera
from tools.pipeline.scenes.facts import Scene, Surface
from tools.pipeline.scenes.props import Prop
from tools.pipeline.scenes.surfaces.materials import make_texture
from tools.pipeline.scenes.surfaces.texture import Texture

COARSE = 160
LAMP_RAYS, SKY_RAYS = 36, 16


@dataclass(frozen=True)
class Room:
    """Sizes follow the picture's. `shade` is what the solids take from floor and wall, and
    `shadows` what they take from each other: of each solid, of each of its faces. `haze` is what
    stands `behind`, as a polished floor gives it back.
    """

    scene: Scene
    eye: Camera
    floor: Texture
    wall: Texture | None
    behind: Floats | None
    haze: Floats | None
    mask: Floats | None
    props: tuple[Prop, ...]
    skins: dict[Surface, Texture]
    shade: dict[str, Floats]
    shadows: dict[Prop, tuple[Floats, ...]]


def built(scene: Scene, width: int, height: int, seed: int) -> Room:
    eye = camera.camera(scene, width, height)
    way = light.toward(scene.light)
    number = scene.seed + seed * 1000
    on_floor, on_wall = (float(way[0]), float(way[2])), (float(way[0]), float(way[1]))
    solids = props.placed(scene, eye)
    pixel = 1 / eye.focal
    # What is out of focus needs no tile finer than half its blur, at any size of the picture.
    far = eye.wall * pixel * max(1, float(circle(scene, eye, eye.wall)) / 2)
    surfaces = {prop.solid.surface for prop in solids}
    behind = backdrop(scene.backdrop, width, height, number) if scene.backdrop else None
    return Room(
        scene=scene,
        eye=eye,
        floor=make_texture(scene.floor, finest=pixel, seed=number, toward=on_floor),
        wall=make_texture(scene.wall, finest=far, seed=number + 1, toward=on_wall)
        if scene.wall
        else None,
        behind=behind,
        haze=None if behind is None else softened(behind, behind.shape[0] / 40),
        mask=gobo.pattern(scene.gobo, number, min(max(width, height), 1024))
        if scene.gobo
        else None,
        props=solids,
        skins={s: make_texture(s, finest=pixel, seed=number + 2, toward=on_wall) for s in surfaces},
        shade=shades(scene, eye, solids),
        shadows=shadows(scene, eye, solids),
    )


def shades(scene: Scene, eye: Camera, solids: tuple[Prop, ...]) -> dict[str, Floats]:
    """What the solids take from floor and wall: (h, w, 2) shares of lamp and sky that remain."""
    if not solids:
        return {}
    small = coarse(eye)
    lamp, sky = light.sample_lamp(scene.light, LAMP_RAYS), light.sample_sky(SKY_RAYS)
    # A wall sees the half of the sky that is in front of it.
    before = np.where(sky[:, 2:] > 0, sky * np.array([1, 1, -1], np.float32), sky)
    out = {}
    for name, see, rays in (("floor", camera.floor, sky), ("wall", camera.wall, before)):
        rows = see(small, slice(0, small.height))
        x = small.across()[None, :] * rows.depth[:, None]
        points = (x, rows.level[:, None], rows.depth[:, None] - 1e-3)
        out[name] = remaining(solids, points, lamp, np.asarray(rays, np.float32))
    return out


def shadows(scene: Scene, eye: Camera, solids: tuple[Prop, ...]) -> dict[Prop, tuple[Floats, ...]]:
    """What the solids take from each other's faces, as `shades` has it."""
    small = coarse(eye)
    lamp, sky = light.sample_lamp(scene.light, LAMP_RAYS), light.sample_sky(SKY_RAYS)
    found = {}
    for prop in solids:
        others = tuple(other for other in solids if other is not prop)
        across, down = small.across(), small.down(slice(0, small.height))
        seen = props.faces(prop, across, down, eye.view.tilt, 1.0) if others else ()
        found[prop] = tuple(remaining(others, (face.x, face.y, face.z), lamp, sky) for face in seen)
    return found


def coarse(eye: Camera) -> Camera:
    """The same view on a small picture: shadows are soft by nature, and are enlarged."""
    longest = max(eye.width, eye.height)
    scale = min(COARSE, longest / 4) / longest
    wide, high = max(round(eye.width * scale), 8), max(round(eye.height * scale), 8)
    return Camera(wide, high, eye.view, eye.drop)


def remaining(
    solids: tuple[Prop, ...], points: tuple[Floats, Floats, Floats], lamp: Floats, sky: Floats
) -> Floats:
    """(h, w, 2) the shares of lamp and sky that reach these points past the solids."""
    grid = np.stack(np.broadcast_arrays(*points), -1)
    flat = np.ascontiguousarray(grid.reshape(-1, 3), np.float32)
    seen = [light.seen(solids, flat, lamp), light.seen(solids, flat, sky)]
    # The rays are few; a blur narrower than any penumbra hides their steps.
    return softened(np.stack(seen, 1).reshape(*grid.shape[:2], 2), 1.1)


def softened(picture: Floats, sigma: float) -> Floats:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.float32)


def blur_at(room: Room, depth: Floats | float) -> Floats:
    """(…,) float32 from 0: pixels across the circle of confusion at depths (…,) in world units; the
    lens is focused on the product.
    """
    return circle(room.scene, room.eye, depth)


def circle(scene: Scene, eye: Camera, depth: Floats | float) -> Floats:
    return np.asarray(scene.view.blur * eye.height * np.abs(1 - 1 / np.asarray(depth)), np.float32)
