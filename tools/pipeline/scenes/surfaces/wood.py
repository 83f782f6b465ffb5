"""Boards: each is a plane cut through a log, so that its rings draw arches and lines.

A log's rings are circles about its axis; a board cut beside an axis that leans sees them as
parabolas. Late wood is dark and ends sharply, early wood is light: a skewed wave. Pores and
fibres run along the grain.
"""

import numpy as np

from tools.pipeline.pixels import Floats
from tools.pipeline.scenes import noise
from tools.pipeline.scenes.colours import linearize_hex, mix_colours
from tools.pipeline.scenes.facts import Surface
from tools.pipeline.scenes.surfaces.tiles import Order, Tiles

BOARDS = 11


def across(surface: Surface, order: Order) -> Tiles:
    """A table whose boards run from left to right. Colours: early wood, late wood, gap."""
    return Tiles(boards(surface, order, BOARDS), 1.5 * surface.scale, fibres(order))


def away(surface: Surface, order: Order) -> Tiles:
    """A table whose boards run away from the camera."""
    fine = fibres(order)
    turned = np.ascontiguousarray(boards(surface, order, BOARDS).transpose(1, 0, 2))
    return Tiles(turned, 1.5 * surface.scale, None if fine is None else fine.T.copy())


def slab(surface: Surface, order: Order) -> Tiles:
    """One wide board without joints."""
    return Tiles(boards(surface, order, 1), 1.5 * surface.scale, fibres(order))


def boards(surface: Surface, order: Order, count: int) -> Floats:
    early, late, gap = (linearize_hex(c) for c in surface.colours[:3])
    seed, size = order.seed * 113, order.size
    u, v = noise.make_grid(size)
    index = np.minimum((v[:, 0] * count).astype(int), count - 1)
    within = (v * count - index[:, None]).astype(np.float32)
    rings = ring_phase(seed, count, index, u, within, size)
    turn = rings - np.floor(rings)
    dark = noise.smooth_step(0.15, 0.86, turn) * (1 - noise.smooth_step(0.9, 1.0, turn))
    streak = noise.make_fractal(seed + 3, (32, 2), size, octaves=4, gain=0.8)
    fine = noise.make_fractal(seed + 4, (min(256, size // 2), 16), size, octaves=2, gain=0.8)
    tone = noise.make_lattice(seed + 5, count, 1)[index]
    depth = noise.make_fractal(seed + 6, (8, 2), size, octaves=3)
    shade = 0.34 * dark + 0.13 * streak + 0.10 * fine + 0.10 * depth
    colour = mix_colours(early, late, np.clip(0.22 + surface.contrast * (shade - 0.1), 0, 1))
    colour = colour * (1 + 0.11 * surface.contrast * tone + 0.05 * fine)[..., None]
    if count > 1:
        colour = mix_colours(
            np.asarray(colour, np.float32), gap, joints(within, v, index, u, seed, count)
        )
    return np.asarray(colour, np.float32)


def ring_phase(
    seed: int, count: int, index: np.ndarray, u: Floats, within: Floats, size: int
) -> Floats:
    """How many rings lie between the log's axis and each point."""
    rng = np.random.default_rng([seed, 77])
    middle = rng.uniform(-0.3, 1.3, count).astype(np.float32)[index][:, None]
    near = rng.uniform(0.15, 0.8, count).astype(np.float32)[index][:, None]
    lean = rng.uniform(0.03, 0.2, count).astype(np.float32)[index][:, None]
    start = rng.uniform(0, 1, count).astype(np.float32)[index][:, None]
    # The tile repeats along the grain, so the axis nears and recedes instead of running off.
    height = near + lean * (1 + np.cos(2 * np.pi * (u + start)))
    wobble = noise.make_fractal(seed + 1, (8, 2), size, octaves=3)
    waver = noise.make_fractal(seed + 2, (32, 8), size, octaves=3)
    wide = 1.0 if count > 1 else 3.0
    offset = (within - middle) * wide + 0.03 * wobble
    radius = np.sqrt(offset**2 + height**2)
    return np.asarray(radius * 19 + 0.16 * wobble + 0.05 * waver, np.float32)


def joints(
    within: Floats, v: Floats, index: np.ndarray, u: Floats, seed: int, count: int
) -> Floats:
    """(S, S) 0..1: the dark gaps between boards, and where two boards of a row meet."""
    edge = np.minimum(within, 1 - within)
    gap = np.exp(-((edge / 0.010) ** 2))
    rng = np.random.default_rng([seed, 78])
    ends = rng.uniform(0, 1, count).astype(np.float32)[index][:, None]
    off = np.abs(u - ends)
    butt = np.exp(-((np.minimum(off, 1 - off) * count / 0.012) ** 2))
    return np.asarray(np.clip(np.maximum(gap + 0 * v, butt), 0, 1) * 0.85, np.float32)


def fibres(order: Order) -> Floats | None:
    """Pores: short dark strokes along the grain."""
    if not order.fine:
        return None
    strokes = noise.make_fractal(order.seed + 9, (128, 8), order.fine, octaves=2, gain=0.8)
    pores = noise.smooth_step(1.0, 2.4, strokes)
    return np.asarray(1.01 + 0.03 * strokes - 0.22 * pores, np.float32)
