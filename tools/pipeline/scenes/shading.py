"""How much light a point of the set sends to the camera."""

import cv2
import numpy as np

from tools.pipeline.pixels import Floats
from tools.pipeline.scenes import gobo, light
from tools.pipeline.scenes.camera import Camera, Rows
from tools.pipeline.scenes.colours import linearize_hex
from tools.pipeline.scenes.facts import Surface
from tools.pipeline.scenes.props import Normal
from tools.pipeline.scenes.room import Room


def irradiance(
    room: Room,
    points: tuple[Floats, Floats, Floats],
    normal: Normal,
    kept: Floats | None,
    sky: Floats,
) -> Floats:
    """H×W×3 float32 from 0: light at the points (three of H×W); 1 where nothing keeps it from the
    floor.
    """
    facts = room.scene.light
    lamp = light.facing(facts, normal) * light.falloff(facts, *points)
    if kept is not None:
        lamp, sky = lamp * kept[..., 0], sky * (0.25 + 0.75 * kept[..., 1])
    if room.mask is not None and room.scene.gobo is not None:
        lamp = lamp * gobo.project(room.mask, room.scene.gobo, facts, room.eye, points)
    key = linearize_hex(facts.colour) * np.float32(facts.key)
    rest = linearize_hex(facts.ambient) * np.float32(1 - facts.key)
    # One channel after the other: broadcasting over three numbers is several times as slow.
    channels = [lamp * one + sky * other for one, other in zip(key, rest, strict=True)]
    return np.asarray(cv2.merge(channels), np.float32)


def corner(room: Room, rows: Rows, name: str) -> Floats:
    """(rows, 1) float32 0–1: the share of the sky that floor and wall leave each other."""
    gap = room.eye.wall - rows.depth if name == "floor" else rows.level + room.eye.drop
    if name == "sheet":
        return np.asarray(1 - 0.16 * np.sin(rows.wall * np.pi / 2)[:, None], np.float32)
    gap = np.maximum(gap, 0)
    if room.scene.backdrop:
        return np.ones((len(gap), 1), np.float32)
    return np.asarray(
        (1 - 0.30 * np.exp(-gap / 0.10) - 0.22 * np.exp(-gap / 0.015))[:, None], np.float32
    )


def pool(eye: Camera, band: slice) -> Floats:
    """rows×W float32 0–1: a lamp aimed at the background behind the product."""
    y = (np.arange(band.start, band.stop, dtype=np.float32) + 0.5) / eye.height
    x = (np.arange(eye.width, dtype=np.float32) + 0.5 - eye.width / 2) / min(eye.width, eye.height)
    far = (x[None, :] / 0.52) ** 2 + ((y[:, None] - eye.view.back + 0.16) / 0.42) ** 2
    return np.asarray(np.exp(-far), np.float32)


def mirrored(room: Room, picture: Floats, facts: Surface, band: slice) -> Floats:
    """rows×W×3 float32 linear light from 0, as `picture` is. A polished floor gives back what
    stands behind it, the more the flatter one looks.
    """
    eye, scene = room.eye, room.scene
    slope = np.maximum(eye.down(band), 1e-3)
    fresnel = 0.04 + 0.96 * (1 - slope / np.hypot(1, slope)) ** 5
    share = np.asarray(facts.gloss * fresnel, np.float32)[:, None, None]
    edge = scene.view.back * eye.height
    row = np.arange(band.start, band.stop) + 0.5
    if room.haze is not None:
        small = room.haze
        scale = small.shape[0] / eye.height
        at = np.clip((2 * edge - row) * scale, 0, small.shape[0] - 1).astype(int)
        image = cv2.resize(small[at], (eye.width, len(row)), interpolation=cv2.INTER_LINEAR)
    else:
        behind = linearize_hex((scene.wall or scene.floor).colours[0])
        image = behind * (0.75 + 0.25 * np.exp(-(row - edge) / eye.height / 0.2))[:, None, None]
    return np.asarray(picture * (1 - share) + image * share, np.float32)


def stretched(small: Floats, eye: Camera, part: slice, across: slice | None = None) -> Floats:
    """These rows (and columns) of a small picture, h×w or h×w×3 float32 of any range, that stands
    for the whole.
    """
    rows, columns = small.shape[:2]
    across = across or slice(0, eye.width)
    x = (np.arange(across.start, across.stop, dtype=np.float32) + 0.5) * (columns / eye.width)
    y = (np.arange(part.start, part.stop, dtype=np.float32) + 0.5) * (rows / eye.height)
    right, down = np.meshgrid((x - 0.5).astype(np.float32), (y - 0.5).astype(np.float32))
    return np.asarray(
        cv2.remap(small, right, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
        np.float32,
    )
