"""Paints the set's solids over floor and wall."""

from itertools import repeat

import numpy as np

from tools.pipeline.pixels import Floats
from tools.pipeline.scenes import props
from tools.pipeline.scenes.props import Face, Prop
from tools.pipeline.scenes.room import Room, blur_at
from tools.pipeline.scenes.shading import irradiance, stretched
from tools.pipeline.scenes.surfaces.texture import sample_texture


def overlay(room: Room, prop: Prop, picture: Floats, band: slice) -> None:
    """Paints one solid over rows `band` of the picture, rows×W×3 float32 linear light from 0, in
    place.
    """
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
    kept = room.shadows[prop] or repeat(None)
    around = (slice(rows.start - 1, rows.stop + 1), slice(columns.start - 1, columns.stop + 1))
    for face, shadow in zip(props.faces(prop, a, slopes, eye.view.tilt, soft), kept, strict=False):
        inner = face.cover[1:-1, 1:-1, None]
        if not inner.any():
            continue
        shade = None if shadow is None else stretched(shadow, eye, *around)
        colour = faced(room, prop, face, shade)[1:-1, 1:-1]
        target += (colour - target) * inner


def faced(room: Room, prop: Prop, face: Face, shade: Floats | None) -> Floats:
    eye, cloth = room.eye, room.skins[prop.solid.surface]
    depth = np.clip(np.median(face.z, axis=1), 0.2, 50)
    spread = np.hypot(depth / eye.focal, blur_at(room, depth) * depth / eye.focal)
    colour = sample_texture(cloth, face.u, face.v, np.asarray(spread, np.float32))
    # Less sky and some of the floor's light, the lower one looks.
    up = np.asarray(face.normal[1], np.float32)
    foot = np.clip((face.y - prop.low) / max(prop.high - prop.low, 1e-6), 0, 1)
    sky = np.where(up > 0.9, 1.0, (0.86 + 0.14 * up) * (0.68 + 0.32 * np.sqrt(foot)))
    shine = irradiance(
        room, (face.x, face.y, face.z), face.normal, shade, np.asarray(sky, np.float32)
    )
    return np.asarray(colour * shine, np.float32)
