"""The shadow of a silhouette, as light would have it.

The product is taken for the solid that its silhouette allows: at every depth between its foot
and its back, whatever part of the silhouette lies above the floor there (its visual hull). Each
point of the lamp, and of the sky, throws each of these slices onto floor and wall by a
homography; the shares add up to a cast shadow that is sharp at the foot and soft far off, and to
a contact shadow, without either being painted.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.compositing.ground import Matrix, Set, floor_maps, on_stage, wall_maps
from tools.pipeline.parallel import CORES
from tools.pipeline.pixels import Alpha, Floats, alpha_to_matte
from tools.pipeline.scenes.facts import Light
from tools.pipeline.scenes.light import sample_lamp, sample_sky

LAMP, SKY = 32, 40
SLICES, SKY_SLICES = 6, 4
PREVIEW = 200
WIDE = 8.0


def darkness(alpha: Alpha, room: Set, light: Light) -> tuple[Floats, Floats]:
    """(lamp, sky), each h×w float32 0–1: for each pixel of the small picture, whose product is
    `alpha` (h×w uint8), the share of either that is stopped.
    """
    # On a preview half the rays are as smooth.
    share = 2 if max(alpha.shape) < PREVIEW else 1
    lamp = gathered(alpha, room, sample_lamp(light, LAMP // share), SLICES)
    sky = gathered(alpha, room, sample_sky(SKY // share), SKY_SLICES)
    # Few rays leave streaks far from the foot, where every true shadow is soft.
    return softened(lamp, room, 0.25 * light.softness), softened(sky, room, 1.0)


def softened(shadow: Floats, room: Set, amount: float) -> Floats:
    """Blurred the more, the farther from the line that the product stands on."""
    size = room.product * amount
    if size < 4:
        return shadow
    near = cv2.GaussianBlur(shadow, (0, 0), max(size * 0.012, 0.5))
    far = blurred(shadow, max(size * 0.07, 0.8))
    row = np.arange(room.height, dtype=np.float32)[:, None] - np.float32(room.foot(room.near))
    column = np.arange(room.width, dtype=np.float32)[None, :] - np.float32(room.middle)
    reach = np.hypot(
        row / np.float32(0.35 * size), np.maximum(np.abs(column) / size - 0.5, 0) * 2.5
    )
    share = np.clip(reach - 0.15, 0, 1)
    return np.asarray(near + (far - near) * share, np.float32)


def blurred(shadow: Floats, sigma: float) -> Floats:
    """By a Gaussian; a wide one at a quarter of the size, where it takes a tenth of the time."""
    if sigma < WIDE:
        return np.asarray(cv2.GaussianBlur(shadow, (0, 0), sigma), np.float32)
    high, wide = shadow.shape
    small = cv2.resize(shadow, (wide // 4, high // 4), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), sigma / 4)
    return np.asarray(cv2.resize(soft, (wide, high), interpolation=cv2.INTER_LINEAR), np.float32)


def crease(alpha: Alpha, room: Set) -> Floats:
    """h×w float32 0–1: the dark line where a rounded foot meets the floor, too thin for rays.

    Only what of the silhouette (h×w uint8) lies within a finger's breadth of the floor casts it.
    """
    foot = room.foot(room.near)
    tall = max(room.product * 0.02, 1.5)
    part = alpha_to_matte(alpha)
    part[: max(round(foot - 2.2 * tall), 0)] = 0
    moved = np.array([[1, 0, 0], [0, 1, 0.35 * tall]], np.float64)
    under = cv2.warpAffine(part, moved, (room.width, room.height), flags=cv2.INTER_LINEAR)
    tight = cv2.GaussianBlur(under, (0, 0), max(0.45 * tall, 0.6))
    wide = cv2.GaussianBlur(under, (0, 0), max(1.6 * tall, 1.0))
    return np.asarray(np.clip(0.62 * tight + 0.45 * wide, 0, 1), np.float32)


def gathered(alpha: Alpha, room: Set, rays: Floats, slices: int) -> Floats:
    edge = room.foot(room.back) if room.back is not None else room.horizon + 2
    row = np.arange(room.height, dtype=np.float32)[:, None]
    below = np.clip(row - np.float32(edge) + 0.5, 0, 1)
    shown = np.flatnonzero(below[:, 0] > 0), np.flatnonzero(below[:, 0] < 1)
    floor = slice(int(shown[0][0]), room.height) if shown[0].size else slice(0, 0)
    wall = slice(0, int(shown[1][-1]) + 1) if shown[1].size else slice(0, 0)
    box = bounds(alpha)
    with ThreadPoolExecutor(CORES) as pool:
        work = partial(stopped, alpha, box, room, slices=slices, floor=floor, wall=wall)
        numbers = np.arange(len(rays))
        shares = [numbers[first::CORES] for first in range(CORES)]
        parts = list(pool.map(work, shares, [rays[share] for share in shares]))
    scale = np.float32(1 / (255 * len(rays)))
    out = np.zeros((room.height, room.width), np.float32)
    out[wall] = sum(part[1] for part in parts) * (1 - below[wall])
    out[floor] += sum(part[0] for part in parts) * (on_stage(room) * below)[floor]
    return out * scale


def stopped(
    alpha: Alpha,
    box: tuple[slice, slice],
    room: Set,
    numbers: NDArray[np.int_],
    rays: Floats,
    *,
    slices: int,
    floor: slice,
    wall: slice,
) -> tuple[Floats, Floats]:
    """How often each pixel of the floor's rows and of the wall's is in the shadow of a ray, times
    255. `box` is the part of `alpha` that is not clear.
    """
    on_floor = np.zeros((floor.stop - floor.start, room.width), np.float32)
    on_wall = np.zeros((wall.stop - wall.start, room.width), np.float32)
    # Slices lie elsewhere for each ray, so that no row of them shows in the shadow.
    shifts = np.arange(slices) + (numbers * 0.618 % 1)[:, None]
    depths, each = (room.near + room.thick * shifts / slices).ravel(), rays.repeat(slices, 0)
    feet = np.rint(room.horizon + room.focal * room.tilt / depths).astype(int)
    flat = throws(floor_maps(room, depths, each), box, feet, floor, room.width)
    upright = None
    if room.back is not None:
        upright = throws(wall_maps(room, room.back, depths, each), box, feet, wall, room.width)
    for number, ray in enumerate(rays):
        these = slice(number * slices, (number + 1) * slices)
        on_floor += closed(thrown(alpha, flat[these], on_floor.shape), room, ray, slices)
        if upright and ray[2] < -0.02:
            on_wall += thrown(alpha, upright[these], on_wall.shape)
    return on_floor, on_wall


def bounds(alpha: Alpha) -> tuple[slice, slice]:
    """Rows and columns of all that is not clear, with a clear pixel around it where there is one."""
    rows, columns = np.flatnonzero(alpha.any(1)), np.flatnonzero(alpha.any(0))
    if rows.size == 0:
        return slice(0, 0), slice(0, 0)
    return (
        slice(max(int(rows[0]) - 1, 0), min(int(rows[-1]) + 2, alpha.shape[0])),
        slice(max(int(columns[0]) - 1, 0), min(int(columns[-1]) + 2, alpha.shape[1])),
    )


def closed(stopped: Alpha, room: Set, ray: Floats, slices: int) -> Alpha:
    """Light from the side meets the slices edge on: what lies between them is shadow too."""
    if abs(ray[2]) > 0.35:
        return stopped
    gap = room.foot(room.near) - room.foot(room.near + room.thick / slices)
    brush = np.ones((round(gap) * 2 + 3, 1), np.uint8)
    return Alpha(np.asarray(cv2.morphologyEx(stopped, cv2.MORPH_CLOSE, brush), np.uint8))


class Throw(NamedTuple):
    """A part of the product's alpha, where its shadow lies, and how its pixels map to the part's."""

    part: tuple[slice, slice]
    there: tuple[slice, slice]
    onto: Matrix


def throws(
    onto: Matrix, box: tuple[slice, slice], feet: NDArray[np.int_], shown: slice, width: int
) -> list[Throw]:
    """Of the `box` of the alpha down to each foot (N,), on the rows that are `shown`.

    `onto` (N, 3, 3) maps a pixel of the picture to the pixel of the alpha whose shadow it would be
    in. Only the pixels that a part's own corners enclose are asked.
    """
    rows, columns = box
    feet = np.clip(feet, rows.start, rows.stop)
    corners = np.ones((len(onto), 4, 3))
    corners[:, :, 0] = columns.start, columns.start, columns.stop, columns.stop
    corners[:, ::2, 1], corners[:, 1::2, 1] = rows.start, feet[:, None]
    seen = corners @ np.linalg.inv(onto).transpose(0, 2, 1)
    far = seen[..., 2:]
    # Where a part's shadow reaches over the horizon, its corners enclose nothing.
    is_near = far.min(1) * far.max(1) > 0
    places = seen[..., :2] / np.where(far == 0, 1, far)
    least, most = ([0, shown.start], [width, shown.stop])
    first = np.where(is_near, np.clip(np.floor(places.min(1)) - 2, least, most), least).astype(int)
    last = np.where(is_near, np.clip(np.ceil(places.max(1)) + 3, least, most), most).astype(int)
    moved = shifted(-columns.start, -rows.start) @ onto @ shifted(*first.T)
    return [
        Throw(
            (slice(rows.start, foot), columns),
            (slice(top - shown.start, bottom - shown.start), slice(left, right)),
            matrix,
        )
        for foot, (left, top), (right, bottom), matrix in zip(
            feet.tolist(), first.tolist(), last.tolist(), moved, strict=True
        )
    ]


def thrown(alpha: Alpha, parts: list[Throw], shape: tuple[int, ...]) -> Alpha:
    """The shadow of all parts together."""
    out = np.zeros(shape, np.uint8)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    for part, there, onto in parts:
        under = out[there]
        if under.size and part[0].start < part[0].stop:
            size = under.shape[1], under.shape[0]
            seen = cv2.warpPerspective(alpha[part], onto, size, flags=flags)
            np.maximum(under, seen, out=under)
    return Alpha(out)


def shifted(right: Any, down: Any) -> Matrix:
    """(…, 3, 3) for numbers, or for arrays of them."""
    found = np.zeros((*np.shape(right), 3, 3))
    found[..., 0, 0] = found[..., 1, 1] = found[..., 2, 2] = 1
    found[..., 0, 2], found[..., 1, 2] = right, down
    return found
