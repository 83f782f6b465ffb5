"""Paints the set's solids over floor and wall."""

import cv2
import numpy as np

from tools.pipeline.pixels import Floats
from tools.pipeline.scenes import light, props
from tools.pipeline.scenes.props import Face, Prop
from tools.pipeline.scenes.room import LAMP_RAYS, SKY_RAYS, Room, blur_at
from tools.pipeline.scenes.shading import irradiance
from tools.pipeline.scenes.surfaces.texture import sample


def overlay(room: Room, prop: Prop, picture: Floats, band: slice) -> None:
    """Paints one solid over these rows."""
    eye = room.eye
    found = props.window(prop, eye, band)
    if found is None:
        return
    rows, columns = found
    # A ring of one pixel more, so that edges are as smooth along a band's border as elsewhere.
    slopes = eye.down(slice(rows.start - 1, rows.stop + 1))
    step = np.float32(1 / eye.focal)
    left = eye.across()[columns.start] - step
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
