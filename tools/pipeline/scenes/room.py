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
from tools.pipeline.scenes.surfaces.materials import skin
from tools.pipeline.scenes.surfaces.texture import Texture

COARSE = 160
LAMP_RAYS, SKY_RAYS = 36, 16


@dataclass(frozen=True)
class Room:
    """Sizes follow the picture's."""

    scene: Scene
    eye: Camera
    floor: Texture
    wall: Texture | None
    behind: Floats | None
    mask: Floats | None
    props: tuple[Prop, ...]
    skins: dict[Surface, Texture]
    shade: dict[str, Floats]


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
        # A wall sees the half of the sky that is in front of it.
        before = np.where(sky[:, 2:] > 0, sky * np.array([1, 1, -1], np.float32), sky)
        rays = sky if name == "floor" else np.asarray(before, np.float32)
        seen = [light.seen(solids, flat, lamp), light.seen(solids, flat, rays)]
        # The rays are few; a blur narrower than any penumbra hides their steps.
        kept = np.stack(seen, 1).reshape(high, wide, 2)
        out[name] = np.asarray(cv2.GaussianBlur(kept, (0, 0), 1.1), np.float32)
    return out


def blur_at(room: Room, depth: Floats | float) -> Floats:
    """Pixels across the circle of confusion; the lens is focused on the product."""
    view = room.scene.view
    return np.asarray(view.blur * room.eye.height * np.abs(1 - 1 / np.asarray(depth)), np.float32)
