"""Marble, travertine and slate.

A vein is where a warped phase crosses a whole number. Its width, strength and very existence
follow noises of their own, and every bold vein has a soft shadow on one side, which is what
tells stone from a drawing of it.
"""

import numpy as np

from tools.pipeline.pixels import Floats
from tools.pipeline.scenes import noise
from tools.pipeline.scenes.colours import linearize_hex, mix_colours
from tools.pipeline.scenes.facts import Surface
from tools.pipeline.scenes.surfaces.tiles import Order, Tiles, relief


def veins(
    order: Order, seed: int, way: tuple[int, int], *, width: float, wander: float
) -> tuple[Floats, Floats]:
    """(line, halo), each (S, S) 0..1: crisp veins along lines of `way`, and what seeps from them."""
    u, v = noise.make_grid(order.size)
    drift = noise.make_fractal(seed, (2, 2), order.size, octaves=7, gain=0.52)
    phase = way[0] * u + way[1] * v + wander * drift
    signed = phase - np.round(phase)
    swell = np.exp(0.55 * noise.make_fractal(seed + 1, (4, 4), order.size, octaves=4))
    lives = noise.smooth_step(
        -0.5, 0.9, noise.make_fractal(seed + 2, (2, 4), order.size, octaves=4)
    )
    line = np.exp(-(np.abs(signed / (width * swell)) ** 1.3)) * lives
    seep = np.where(signed > 0, signed / (width * 9), -signed / (width * 2.2))
    halo = np.exp(-seep / swell) * (0.25 + 0.75 * lives)
    return np.asarray(line, np.float32), np.asarray(halo, np.float32)


def cracks(order: Order, seed: int, cells: int, width: float) -> Floats:
    """size×size float32 0–1: a net of hairlines where a noise changes sign, broken by another."""
    field = noise.make_fractal(seed, (cells, cells), order.size, octaves=5, gain=0.55)
    shift = noise.make_fractal(seed + 1, (4, 4), order.size, octaves=3)
    field = noise.warp_tile(field, shift * 0.05, shift.T * 0.05)
    lives = noise.smooth_step(0.1, 1.2, noise.make_fractal(seed + 2, (4, 4), order.size, octaves=3))
    return np.asarray(np.exp(-np.abs(field) / width) * lives, np.float32)


def marble(surface: Surface, order: Order) -> Tiles:
    """Colours: ground, cloud, vein, and (optional) the tint that bold veins seep."""
    ground, cloud, vein, seep = (
        linearize_hex(c) for c in (*surface.colours, surface.colours[2])[:4]
    )
    seed, strong = order.seed * 101, surface.contrast
    clouds = noise.make_fractal(seed, (2, 2), order.size, octaves=6, gain=0.6)
    stone = mix_colours(ground, cloud, noise.smooth_step(-0.9, 2.0, clouds) * 0.75)
    for number, (way, width, wander, share) in enumerate(
        [((1, -2), 0.008, 0.24, 0.85), ((3, -2), 0.007, 0.34, 0.4), ((4, -7), 0.010, 0.5, 0.22)]
    ):
        line, halo = veins(order, seed + 11 * number, way, width=width, wander=wander)
        stone = mix_colours(stone, seep, halo * min(0.42 * share * strong, 0.9))
        stone = mix_colours(stone, vein, line * min(share * strong, 1))
    stone = mix_colours(stone, vein, cracks(order, seed + 90, 8, 0.035) * min(0.35 * strong, 0.9))
    sparkle = None
    if order.fine:
        crystal = noise.make_fractal(seed + 7, (64, 64), order.fine, octaves=3, gain=0.9)
        sparkle = np.asarray(1 + 0.012 * crystal, np.float32)
    return Tiles(stone, 1.3 * surface.scale, sparkle)


def travertine(surface: Surface, order: Order) -> Tiles:
    """Layers laid down by water, with the holes that it left. Colours: ground, layer, hole."""
    ground, layer, hole = (linearize_hex(c) for c in surface.colours[:3])
    seed, size = order.seed * 103, order.size
    _, v = noise.make_grid(size)
    drift = noise.make_fractal(seed, (2, 1), size, octaves=5, gain=0.45)
    bands = noise.make_fractal(seed + 1, (16, 2), size, octaves=5, gain=0.75)
    bands = noise.warp_tile(bands, drift * 0, drift * 0.02)
    wide = np.sin(2 * np.pi * (4 * v + 0.35 * drift))
    tone = 0.5 + 0.22 * surface.contrast * (bands + 0.5 * wide)
    stone = mix_colours(ground, layer, np.clip(tone, 0, 1))
    pits = noise.make_fractal(seed + 2, (128, 32), size, octaves=2, gain=0.6)
    pits = pits + 0.6 * noise.make_fractal(seed + 3, (16, 2), size, octaves=2)
    open_ = noise.smooth_step(2.2, 2.9, np.asarray(pits, np.float32))
    lit = relief(-open_, order.toward, 0.006)
    stone = np.asarray(mix_colours(stone, hole, open_ * 0.6) * lit[..., None], np.float32)
    return Tiles(stone, 1.3 * surface.scale, grit(order, 0.03))


def slate(surface: Surface, order: Order) -> Tiles:
    """Split stone: terraces of relief. Colours: ground, rust or lighter bloom."""
    ground, bloom = (linearize_hex(c) for c in surface.colours[:2])
    seed, size = order.seed * 107, order.size
    height = noise.make_fractal(seed, (4, 2), size, octaves=8, gain=0.58)
    terraces = height * 2.2
    terraces = np.floor(terraces) + noise.smooth_step(0.55, 1.0, terraces - np.floor(terraces))
    lit = relief(np.asarray(terraces * 0.5 + height, np.float32), order.toward, 0.006)
    clouds = noise.make_fractal(seed + 1, (4, 4), size, octaves=5)
    stone = mix_colours(ground, bloom, noise.smooth_step(0.2, 2.2, clouds) * 0.6 * surface.contrast)
    stone = stone * np.clip(lit * (1 + 0.05 * height), 0.35, 1.7)[..., None]
    return Tiles(np.asarray(stone, np.float32), 1.2 * surface.scale, grit(order, 0.07))


def grit(order: Order, strength: float) -> Floats | None:
    """fine×fine float32 factor 0.6–1.5, or None: the roughness of a mineral surface, too fine for
    the tile of colour.
    """
    if not order.fine:
        return None
    grains = noise.make_fractal(order.seed + 5, (64, 64), order.fine, octaves=3, gain=0.85)
    return np.asarray(np.clip(1 + strength * grains, 0.6, 1.5), np.float32)
