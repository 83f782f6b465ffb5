"""What stands in the light's way: window bars, blinds, palm fronds, branches, water.

A pattern is drawn once, as seen from the light, and projected along the light onto whatever it
meets. So its shadows bend at the foot of the wall as real ones do.
"""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.pipeline.pixels import Floats
from tools.pipeline.scenes import noise
from tools.pipeline.scenes.camera import Camera
from tools.pipeline.scenes.facts import Gobo, Light
from tools.pipeline.scenes.light import toward

SHIFT = 4
Point = NDArray[np.floating[Any]]  # (2,): right and down, in shares of the mask


def pattern(gobo: Gobo, seed: int, size: int) -> Floats:
    """size×size float32 0–1: the share of the light that passes, penumbra included."""
    drawn = PATTERNS[gobo.kind](gobo, np.random.default_rng([seed, 211]), size)
    return np.asarray(cv2.GaussianBlur(drawn, (0, 0), max(gobo.blur * size, 0.6)), np.float32)


def project(
    mask: Floats, gobo: Gobo, light: Light, eye: Camera, points: tuple[Floats, Floats, Floats]
) -> Floats:
    """H×W float32 0–1: the light that reaches the points (three of H×W, world units) through a
    mask; the pattern's middle falls just behind the product.
    """
    x, y, z = points[0], points[1] - 0.25 * eye.unit, points[2] - (1 + 0.5 * (eye.wall - 1))
    way = toward(light)
    flat = np.array([way[2], 0, -way[0]]) / max(float(np.hypot(way[0], way[2])), 1e-6)
    up = np.cross(way, flat)
    up = up if up[1] > 0 else -up
    span = gobo.size * eye.unit
    size = mask.shape[0]
    right = (x * flat[0] + z * flat[2]) / span - gobo.x + 0.5
    rise = (x * up[0] + y * up[1] + z * up[2]) / span - gobo.y + 0.5
    across = np.asarray(right * size - 0.5, np.float32)
    down = np.asarray((1 - rise) * size - 0.5, np.float32)
    # Beside a window is wall; beside a tree are more trees.
    beyond = cv2.BORDER_REPLICATE if gobo.kind == "window" else cv2.BORDER_REFLECT
    return np.asarray(
        cv2.remap(mask, across, down, cv2.INTER_LINEAR, borderMode=beyond), np.float32
    )


def window(gobo: Gobo, _: np.random.Generator, size: int) -> Floats:
    """Tall panes between bars; nothing passes beside the window."""
    mask = np.zeros((size, size), np.float32)
    columns, rows = 2, 3
    bar = 0.028
    left, top, wide, high = 0.22, 0.06, 0.56, 0.88
    for row in range(rows):
        for column in range(columns):
            x0 = left + wide * column / columns + bar / 2
            x1 = left + wide * (column + 1) / columns - bar / 2
            y0 = top + high * row / rows + bar / 2
            y1 = top + high * (row + 1) / rows - bar / 2
            box(mask, x0, y0, x1, y1, 1.0)
    return mask * np.float32(gobo.density)


def box(mask: Floats, x0: float, y0: float, x1: float, y1: float, value: float) -> None:
    size = mask.shape[0]
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]) * size * 2**SHIFT
    cv2.fillConvexPoly(mask, np.round(corners).astype(np.int32), value, cv2.LINE_8, SHIFT)


def blinds(gobo: Gobo, _: np.random.Generator, size: int) -> Floats:
    mask = np.zeros((size, size), np.float32)
    count = 15
    for slat in range(count):
        y = (slat + 0.5) / count
        box(mask, -0.2, y - 0.27 / count, 1.2, y + 0.27 / count, gobo.density)
    return mask


def blade(mask: Floats, root: Point, tip: Point, width: float, bend: float = 0.1) -> None:
    """A leaf from root to tip, `width` at its widest, everything in shares of the mask."""
    t = np.linspace(0, 1, 18)[:, None]
    spine = root + (tip - root) * t
    side = np.array([-(tip - root)[1], (tip - root)[0]])
    spine = spine + side * bend * np.sin(np.pi * t)
    length = max(float(np.linalg.norm(side)), 1e-6)
    reach = side / length * width / 2 * np.sin(np.pi * t**0.8) ** 0.8
    outline = np.concatenate([spine + reach, (spine - reach)[::-1]]) * mask.shape[0] * 2**SHIFT
    cv2.fillPoly(mask, [np.round(outline).astype(np.int32)], 0.0, cv2.LINE_8, SHIFT)


def palm(gobo: Gobo, rng: np.random.Generator, size: int) -> Floats:
    """A few fronds hanging in from the edges, each with two rows of narrow leaflets."""
    mask = np.ones((size, size), np.float32)
    fronds = [
        ((-0.1, 0.05), (0.75, 0.55)),
        ((0.2, -0.15), (0.85, 0.25)),
        ((-0.15, 0.55), (0.5, 0.95)),
    ]
    for start, end in fronds[: max(1, round(3 * gobo.density))]:
        root = np.array(start) + rng.normal(0, 0.02, 2)
        tip = np.array(end) + rng.normal(0, 0.03, 2)
        frond(mask, root, tip, rng)
    return mask


def frond(mask: Floats, root: Point, tip: Point, rng: np.random.Generator) -> None:
    way = tip - root
    side = np.array([-way[1], way[0]])
    for t in np.linspace(0.12, 1.0, 26):
        droop = side * 0.12 * np.sin(np.pi * t)
        at = root + way * t + droop
        reach = 0.30 * np.sin(np.pi * min(t * 0.85 + 0.12, 1)) + 0.06
        for hand in (-1, 1):
            lean = 0.75 - 0.35 * t + rng.normal(0, 0.04)
            leaf = way * lean + hand * side * (0.95 - 0.45 * t)
            leaf = leaf / np.linalg.norm(leaf) * reach * rng.uniform(0.85, 1.1)
            blade(mask, at, at + leaf, 0.020, 0.08 * hand)
    blade(mask, root, tip + way * 0.02, 0.012, 0.12)


def branch(gobo: Gobo, rng: np.random.Generator, size: int) -> Floats:
    """Twigs with small pointed leaves (olive, eucalyptus)."""
    mask = np.ones((size, size), np.float32)
    for _ in range(round(7 * gobo.density)):
        root = np.array([rng.uniform(-0.25, 0.35), rng.uniform(-0.2, 0.75)])
        heading = rng.uniform(-0.25, 0.85)
        twig(mask, root, heading, rng.uniform(0.5, 0.85), rng)
    return mask


def twig(
    mask: Floats, root: Point, heading: float, length: float, rng: np.random.Generator
) -> None:
    at, count = root, 16
    for number in range(count):
        heading += rng.normal(0, 0.10)
        step = np.array([np.cos(heading), np.sin(heading)]) * length / count
        blade(mask, at, at + step * 1.3, 0.007, 0)
        at = at + step
        side = 1 if number % 2 else -1
        angle = heading + side * rng.uniform(0.6, 1.05)
        reach = rng.uniform(0.075, 0.12) * (1 - 0.4 * number / count)
        leaf = np.array([np.cos(angle), np.sin(angle)]) * reach
        blade(mask, at, at + leaf, reach * 0.33, rng.normal(0, 0.1))


def monstera(gobo: Gobo, rng: np.random.Generator, size: int) -> Floats:
    """Big split leaves."""
    mask = np.ones((size, size), np.float32)
    for middle, reach in [((0.16, 0.28), 0.36), ((0.80, 0.10), 0.30), ((0.10, 0.85), 0.28)]:
        if rng.random() > gobo.density + 0.5:
            continue
        split_leaf(mask, np.array(middle), reach, rng.uniform(-0.6, 0.9))
    return mask


def split_leaf(mask: Floats, middle: Point, reach: float, lean: float) -> None:
    angle = np.linspace(-np.pi, np.pi, 400)
    heart = reach * (0.62 + 0.38 * np.cos(angle)) * (1 - 0.35 * np.abs(np.sin(angle)) ** 6)
    heart = heart + reach * 0.22 * np.abs(np.sin(angle))
    slits = np.clip(np.cos(angle * 13) - 0.55, 0, 1) * np.clip(np.abs(np.sin(angle)) * 1.6, 0, 1)
    heart = heart * (1 - 1.25 * slits)
    turned = angle + lean
    outline = middle + np.stack([heart * np.cos(turned), heart * np.sin(turned)], 1)
    fixed = np.round(outline * mask.shape[0] * 2**SHIFT).astype(np.int32)
    cv2.fillPoly(mask, [fixed], 0.0, cv2.LINE_8, SHIFT)


def dapple(gobo: Gobo, rng: np.random.Generator, size: int) -> Floats:
    """Sun through a crown: round images of the sun where the leaves leave gaps."""
    mask = np.zeros((size, size), np.float32)
    for _ in range(round(150 * gobo.density)):
        disc = np.zeros_like(mask)
        middle = rng.uniform(-0.05, 1.05, 2) * size
        radius = size * rng.uniform(0.018, 0.05)
        fixed = tuple(int(v * 2**SHIFT) for v in middle)
        cv2.circle(disc, fixed, int(radius * 2**SHIFT), 1.0, -1, cv2.LINE_8, SHIFT)
        mask = mask + disc * np.float32(rng.uniform(0.25, 0.7))
    return np.asarray(np.clip(mask, 0, 1), np.float32)


def caustics(gobo: Gobo, rng: np.random.Generator, size: int) -> Floats:
    """Light through moving water: a net of bright lines (where a warped noise changes sign)."""
    seed, side = int(rng.integers(1 << 30)), 512
    field = noise.make_fractal(seed, (8, 8), side, octaves=2, gain=0.35)
    other = noise.make_fractal(seed + 1, (8, 8), side, octaves=2, gain=0.35)
    drift = noise.make_fractal(seed + 2, (4, 4), side, octaves=2)
    field = noise.warp_tile(field, drift * 0.02, other * 0.012)
    net = np.exp(-np.abs(field) / 0.16) + 0.7 * np.exp(-np.abs(other - 0.15) / 0.12)
    mask = np.clip(0.30 + gobo.density * 0.62 * net, 0, 1.5).astype(np.float32)
    method = cv2.INTER_AREA if size < side else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(mask, (size, size), interpolation=method), np.float32)


PATTERNS: dict[str, Callable[[Gobo, np.random.Generator, int], Floats]] = {
    "blinds": blinds,
    "branch": branch,
    "caustics": caustics,
    "dapple": dapple,
    "monstera": monstera,
    "palm": palm,
    "window": window,
}
