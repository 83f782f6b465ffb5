"""Draws a scene: a floor, what is behind it, solids, a light and what stands in its way."""

import numpy as np

from tools.pipeline.parallel import Progress, run_parts, split_bands
from tools.pipeline.pixels import Floats, Rgb
from tools.pipeline.scenes import camera
from tools.pipeline.scenes.camera import Rows
from tools.pipeline.scenes.facts import Scene, Surface
from tools.pipeline.scenes.finish import develop, film
from tools.pipeline.scenes.room import Room, blur_at, built
from tools.pipeline.scenes.shading import corner, irradiance, mirrored, pool, stretched
from tools.pipeline.scenes.solids import overlay
from tools.pipeline.scenes.surfaces.texture import Texture, sample_texture

BAND_PIXELS = 200_000


def paint_scene(
    scene: Scene, width: int, height: int, seed: int, progress: Progress | None = None
) -> Rgb:
    """H×W×3 uint8 sRGB: the scene at this size in pixels; a band of rows at a time, so that memory
    stays small.
    """
    room = built(scene, width, height, seed)
    laid = film(width, height, scene.grain, scene.seed + seed)
    out = np.empty((height, width, 3), np.uint8)

    def draw(band: slice) -> None:
        out[band] = develop(lit(room, band), band, laid)

    run_parts(draw, split_bands(height, width, BAND_PIXELS), progress)
    return Rgb(out)


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
    """What stands behind the floor: a wall, or whatever is seen far off."""
    facts = room.scene.wall
    if room.behind is not None:
        return stretched(room.behind, room.eye, part)
    if room.wall is None or facts is None:
        raise ValueError(room.scene.slug)
    return surface(room, camera.wall(room.eye, part), room.wall, facts, "wall", part)


def surface(
    room: Room, rows: Rows, cloth: Texture, facts: Surface, name: str, band: slice
) -> Floats:
    """Albedo times light over whole rows of floor, wall or sheet."""
    eye, scene = room.eye, room.scene
    depth = rows.depth[:, None]
    x = eye.across()[None, :] * depth
    spread = np.sqrt(rows.depth / eye.focal * rows.stretch)
    spread = np.hypot(spread, blur_at(room, rows.depth) * rows.depth / eye.focal)
    colour = sample_texture(cloth, x, rows.along[:, None], spread)
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
