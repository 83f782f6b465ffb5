"""The shadow of a silhouette, as light would have it.

The product is taken for the solid that its silhouette allows: at every depth between its foot
and its back, whatever part of the silhouette lies above the floor there (its visual hull). Each
point of the lamp, and of the sky, throws each of these slices onto floor and wall by a
homography; the shares add up to a cast shadow that is sharp at the foot and soft far off, and to
a contact shadow, without either being painted.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import cv2
import numpy as np

from tools.pipeline.bands import CORES
from tools.pipeline.compositing.ground import Matrix, Set, floor_map, on_stage, wall_map
from tools.pipeline.pixels import Alpha, Floats
from tools.pipeline.scenes.facts import Light
from tools.pipeline.scenes.light import cone, dome

LAMP, SKY = 32, 40
SLICES, SKY_SLICES = 6, 4
PREVIEW = 200


def darkness(alpha: Alpha, room: Set, light: Light) -> tuple[Floats, Floats]:
    """(lamp, sky): for each pixel of the small picture the share of either that is stopped."""
    # On a preview half the rays are as smooth.
    share = 2 if max(alpha.shape) < PREVIEW else 1
    lamp = gathered(alpha, room, cone(light, LAMP // share), SLICES)
    sky = gathered(alpha, room, dome(SKY // share), SKY_SLICES)
    # Few rays leave streaks far from the foot, where every true shadow is soft.
    return softened(lamp, room, 0.25 * light.softness), softened(sky, room, 1.0)


def softened(shadow: Floats, room: Set, amount: float) -> Floats:
    """Blurred the more, the farther from the line that the product stands on."""
    size = room.product * amount
    if size < 4:
        return shadow
    near = cv2.GaussianBlur(shadow, (0, 0), max(size * 0.012, 0.5))
    far = cv2.GaussianBlur(shadow, (0, 0), max(size * 0.07, 0.8))
    row = np.arange(room.height, dtype=np.float32)[:, None] - np.float32(room.foot(room.near))
    column = np.arange(room.width, dtype=np.float32)[None, :] - np.float32(room.middle)
    reach = np.hypot(
        row / np.float32(0.35 * size), np.maximum(np.abs(column) / size - 0.5, 0) * 2.5
    )
    share = np.clip(reach - 0.15, 0, 1)
    return np.asarray(near + (far - near) * share, np.float32)


def crease(alpha: Alpha, room: Set) -> Floats:
    """(h, w) 0..1: the dark line where a rounded foot meets the floor, too thin for rays.

    Only what of the silhouette lies within a finger's breadth of the floor casts it.
    """
    foot = room.foot(room.near)
    tall = max(room.product * 0.02, 1.5)
    part = alpha.astype(np.float32) / 255
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
    numbered = list(enumerate(rays))
    with ThreadPoolExecutor(CORES) as pool:
        work = partial(stopped, alpha, box, room, slices=slices, floor=floor, wall=wall)
        parts = list(pool.map(work, [numbered[first::CORES] for first in range(CORES)]))
    scale = np.float32(1 / (255 * len(rays)))
    out = np.zeros((room.height, room.width), np.float32)
    out[wall] = sum(part[1] for part in parts) * (1 - below[wall])
    out[floor] += sum(part[0] for part in parts) * (on_stage(room) * below)[floor]
    return out * scale


def stopped(
    alpha: Alpha,
    box: tuple[slice, slice],
    room: Set,
    rays: list[tuple[int, Floats]],
    *,
    slices: int,
    floor: slice,
    wall: slice,
) -> tuple[Floats, Floats]:
    """How often each pixel of the floor's rows and of the wall's is in the shadow of a ray, times
    255. `box` is the part of `alpha` that is not clear.
    """
    rows, columns = box
    on_floor = np.zeros((floor.stop - floor.start, room.width), np.float32)
    on_wall = np.zeros((wall.stop - wall.start, room.width), np.float32)
    for number, ray in rays:
        # Slices lie elsewhere for each ray, so that no row of them shows in the shadow.
        shift = (number * 0.618) % 1
        flat = np.zeros(on_floor.shape, np.uint8)
        upright = np.zeros(on_wall.shape, np.uint8)
        for depth in room.near + room.thick * (np.arange(slices) + shift) / slices:
            foot = min(max(round(room.foot(float(depth))), rows.start), rows.stop)
            part = (slice(rows.start, foot), columns)
            throw(alpha, part, floor_map(room, float(depth), ray), flat, floor.start)
            if room.back is not None and ray[2] < -0.02:
                throw(alpha, part, wall_map(room, float(depth), ray), upright, wall.start)
        on_floor += closed(flat, room, ray, slices)
        on_wall += upright
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
    return np.asarray(cv2.morphologyEx(stopped, cv2.MORPH_CLOSE, brush), np.uint8)


def throw(alpha: Alpha, part: tuple[slice, slice], onto: Matrix, target: Alpha, first: int) -> None:
    """Add the shadow of a part of `alpha` to the rows from `first` on that `target` holds.

    `onto` maps a pixel of the picture to the pixel of `alpha` whose shadow it would be in. Only
    the pixels that the part's own corners enclose are asked.
    """
    rows, columns = part
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return
    corners = [(x, y, 1) for x in (columns.start, columns.stop) for y in (rows.start, rows.stop)]
    x, y, far = np.linalg.inv(onto) @ np.array(corners, np.float64).T
    left, top, right, bottom = 0, 0, target.shape[1], target.shape[0]
    # Where a part's shadow reaches over the horizon, its corners enclose nothing.
    if far.min() * far.max() > 0:
        x, y = x / far, y / far - first
        left, right = max(left, int(x.min()) - 2), min(right, int(x.max()) + 3)
        top, bottom = max(top, int(y.min()) - 2), min(bottom, int(y.max()) + 3)
    if left >= right or top >= bottom:
        return
    moved = shifted(-columns.start, -rows.start) @ onto @ shifted(left, top + first)
    size, flags = (right - left, bottom - top), cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpPerspective(alpha[part], moved, size, flags=flags)
    under = target[top:bottom, left:right]
    np.maximum(under, seen, out=under)


def shifted(right: float, down: float) -> Matrix:
    return np.array([[1, 0, right], [0, 1, down], [0, 0, 1]], np.float64)
