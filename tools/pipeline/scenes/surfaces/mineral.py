"""Concrete, plaster, limewash, terrazzo, sand and snow."""

import cv2
import numpy as np

from tools.pipeline.pixels import Floats
from tools.pipeline.scenes import noise
from tools.pipeline.scenes.colours import linearize_hex, mix_colours
from tools.pipeline.scenes.facts import Surface
from tools.pipeline.scenes.surfaces.stone import cracks, grit
from tools.pipeline.scenes.surfaces.tiles import Order, Tiles, relief


def concrete(surface: Surface, order: Order) -> Tiles:
    """Cast concrete: clouds, water marks, air holes, a hairline. Colours: ground, mark."""
    ground, mark = (linearize_hex(c) for c in surface.colours[:2])
    seed, size = order.seed * 139, order.size
    clouds = noise.make_fractal(seed, (2, 2), size, octaves=7, gain=0.62)
    edges = np.exp(-np.abs(noise.make_fractal(seed + 1, (4, 4), size, octaves=5)) / 0.22)
    wet = noise.smooth_step(-0.4, 1.6, noise.make_fractal(seed + 2, (2, 4), size, octaves=4))
    tone = noise.smooth_step(-2.0, 2.6, clouds) * 0.8 + 0.22 * edges * wet
    colour = mix_colours(ground, mark, np.clip(tone * surface.contrast, 0, 1))
    holes = noise.smooth_step(
        2.7, 3.3, noise.make_fractal(seed + 3, (128, 128), size, octaves=2, gain=0.5)
    )
    lit = relief(clouds * 0.35 - holes * 2, order.toward, 0.006)
    colour = mix_colours(colour, mark * 0.45, holes * 0.6)
    colour = mix_colours(colour, mark * 0.6, cracks(order, seed + 4, 4, 0.012) * 0.25)
    return Tiles(
        np.asarray(colour * lit[..., None], np.float32), 1.4 * surface.scale, grit(order, 0.05)
    )


def plaster(surface: Surface, order: Order) -> Tiles:
    """Trowelled plaster: low relief and a tone that follows the hand. Colours: ground, shade."""
    ground, shade = (linearize_hex(c) for c in surface.colours[:2])
    seed, size = order.seed * 149, order.size
    turn = noise.make_fractal(seed, (2, 2), size, octaves=3, gain=0.4)
    strokes = noise.make_fractal(seed + 1, (8, 4), size, octaves=5, gain=0.5)
    crossed = noise.make_fractal(seed + 2, (4, 8), size, octaves=5, gain=0.5)
    swept = noise.warp_tile(strokes, turn * 0.05, turn.T * 0.05)
    crossed = noise.warp_tile(crossed, turn.T * 0.05, turn * 0.05)
    which = noise.smooth_step(-0.5, 0.5, noise.make_fractal(seed + 3, (4, 4), size, octaves=2))
    hand = swept * which + crossed * (1 - which)
    clouds = noise.make_fractal(seed + 4, (2, 2), size, octaves=5, gain=0.55)
    tone = np.clip(0.35 + surface.contrast * (0.055 * hand + 0.17 * clouds), 0, 1)
    lit = relief(np.asarray(hand, np.float32), order.toward, 0.0010 * surface.contrast)
    colour = mix_colours(ground, shade, np.asarray(tone, np.float32)) * lit[..., None]
    return Tiles(np.asarray(colour, np.float32), 1.5 * surface.scale, grit(order, 0.035))


def terrazzo(surface: Surface, order: Order) -> Tiles:
    """Chips of stone in cement, ground flat. Colours: cement, then one for each sort of chip."""
    size, rng = order.size, np.random.default_rng([order.seed, 151])
    canvas = np.zeros((size, size), np.uint8)
    colours = np.array([linearize_hex(c) for c in surface.colours], np.float32)
    field = np.broadcast_to(colours[0], (size, size, 3)).copy()
    for sort in range(1, len(colours)):
        for _ in range(110):
            radius = 0.006 + 0.020 * rng.random() ** 2.2
            stamp(canvas, chip(rng, radius), size)
        # Each sort is laid over those before it; soft to one texel, never jagged.
        field = mix_colours(field, colours[sort], np.asarray(canvas / 255, np.float32))
        canvas[:] = 0
    clouds = noise.make_fractal(order.seed * 151, (8, 8), size, octaves=5, gain=0.7)
    field *= (1 + 0.025 * surface.contrast * clouds)[..., None]
    return Tiles(field, 1.1 * surface.scale, grit(order, 0.025))


def chip(rng: np.random.Generator, radius: float) -> Floats:
    """(N, 2) corners of a broken stone, in shares of the tile."""
    corners = int(rng.integers(5, 9))
    angles = np.sort(rng.uniform(0, 2 * np.pi, corners))
    reach = radius * rng.uniform(0.65, 1.15, corners)
    flat = rng.uniform(0.55, 1.0)
    lean = rng.uniform(0, np.pi)
    x, y = reach * np.cos(angles), reach * np.sin(angles) * flat
    turned = np.stack([x * np.cos(lean) - y * np.sin(lean), x * np.sin(lean) + y * np.cos(lean)], 1)
    return np.asarray(turned + rng.random(2), np.float32)


def stamp(canvas: np.ndarray, corners: Floats, size: int) -> None:
    for right in (-1, 0, 1):
        for down in (-1, 0, 1):
            points = (corners + np.array([right, down], np.float32)) * size
            if points.max() < -size * 0.1 or points.min() > size * 1.1:
                continue
            fixed = np.round(points * 16).astype(np.int32)
            cv2.fillConvexPoly(canvas, fixed, 255, cv2.LINE_AA, 4)


def sand(surface: Surface, order: Order) -> Tiles:
    """Wind ripples. Colours: sand, its shade."""
    light, shade = (linearize_hex(c) for c in surface.colours[:2])
    seed, size = order.seed * 157, order.size
    _, v = noise.make_grid(size)
    drift = noise.make_fractal(seed, (2, 2), size, octaves=5, gain=0.45)
    crest = np.sin(2 * np.pi * (20 * v + 1.6 * drift))
    rise = noise.smooth_step(-0.6, 1.2, noise.make_fractal(seed + 1, (2, 2), size, octaves=3))
    height = (crest + 0.25 * crest**2) * (0.25 + 0.75 * rise)
    clouds = noise.make_fractal(seed + 2, (4, 4), size, octaves=6, gain=0.6)
    lit = relief(
        np.asarray(height + 0.3 * clouds, np.float32), order.toward, 0.007 * surface.contrast
    )
    colour = mix_colours(shade, light, noise.smooth_step(-2.2, 1.2, clouds)) * lit[..., None]
    return Tiles(np.asarray(colour, np.float32), 1.3 * surface.scale, grit(order, 0.16))


def snow(surface: Surface, order: Order) -> Tiles:
    """Soft drifts that sparkle. Colours: snow, its shade."""
    light, shade = (linearize_hex(c) for c in surface.colours[:2])
    seed, size = order.seed * 163, order.size
    drifts = noise.make_fractal(seed, (4, 4), size, octaves=7, gain=0.5)
    lit = relief(drifts, order.toward, 0.011 * surface.contrast)
    glitter = noise.smooth_step(
        2.6, 3.2, noise.make_fractal(seed + 1, (64, 64), size, octaves=3, gain=0.9)
    )
    colour = (
        mix_colours(shade, light, np.clip(lit - 0.2, 0, 1))
        * np.clip(0.4 + 0.6 * lit, 0.4, 1.25)[..., None]
    )
    colour = np.asarray(colour + 0.5 * glitter[..., None], np.float32)
    return Tiles(colour, 1.2 * surface.scale, grit(order, 0.08))
