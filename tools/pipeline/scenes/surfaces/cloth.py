"""Linen, draped satin, and knitted wool."""

import cv2
import numpy as np

from tools.pipeline.pixels import Floats
from tools.pipeline.scenes import noise
from tools.pipeline.scenes.colours import linearize_hex, mix_colours
from tools.pipeline.scenes.facts import Surface
from tools.pipeline.scenes.surfaces.tiles import Order, Tiles, relief

COARSE = 256


def linen(surface: Surface, order: Order) -> Tiles:
    """Plain weave with slubs and soft creases. Colours: cloth, and the thread that differs."""
    cloth, thread = (linearize_hex(c) for c in (*surface.colours, surface.colours[0])[:2])
    seed, size = order.seed * 127, order.size
    slub = noise.make_fractal(seed, (min(128, size // 4), 4), size, octaves=2)
    slub = slub + noise.make_fractal(seed + 1, (4, min(128, size // 4)), size, octaves=2)
    colour = mix_colours(cloth, thread, np.clip(0.3 + 0.14 * slub, 0, 1))
    lit = relief(creases(seed + 2, size), order.toward, 0.011 * surface.contrast)
    shade = np.clip(lit * (1 + 0.02 * slub), 0.5, 1.4)
    base = np.asarray(colour * shade[..., None], np.float32)
    return Tiles(base, 1.4 * surface.scale, weave(order), 0.10)


def creases(seed: int, size: int) -> Floats:
    """Cloth that was folded and smoothed by hand: long soft ridges that die out."""
    soft = noise.make_fractal(seed, (2, 2), size, octaves=4, gain=0.42)
    ridge = noise.make_fractal(seed + 1, (2, 4), size, octaves=4, gain=0.5)
    ridge = np.sqrt(ridge**2 + 0.02)
    dies = noise.smooth_step(-0.6, 1.2, noise.make_fractal(seed + 2, (2, 2), size, octaves=2))
    return np.asarray(0.8 * soft - 0.9 * ridge * dies, np.float32)


def weave(order: Order) -> Floats | None:
    """Warp over weft: (S, S) factor about 1, threads of uneven thickness."""
    if not order.fine:
        return None
    size, threads = order.fine, 32
    u, v = noise.make_grid(size)
    uneven = noise.make_fractal(order.seed + 3, (32, 2), size, octaves=2) * 0.10
    row = v * threads + uneven
    column = u * threads + uneven.T
    over = np.sin(np.pi * row) * np.sin(np.pi * column) > 0
    warp = np.abs(np.sin(np.pi * column)) ** 0.6
    weft = np.abs(np.sin(np.pi * row)) ** 0.6
    height = np.where(over, warp * (0.55 + 0.45 * weft), weft * (0.55 + 0.45 * warp))
    height = height + 0.12 * uneven / 0.10 * 0.5
    return np.asarray(np.clip(1 + 0.42 * (height - height.mean()), 0.5, 1.4), np.float32)


def satin(surface: Surface, order: Order) -> Tiles:
    """Heavy folds with a sheen. Colours: cloth, its highlight."""
    cloth, shine = (linearize_hex(c) for c in surface.colours[:2])
    lit = relief(folds(order.seed * 131, order.size), order.toward, 0.036 * surface.contrast) - 1
    base = cloth * np.clip(1 + 0.75 * lit, 0.22, 1.6)[..., None]
    sheen = noise.smooth_step(0.12, 0.78, lit) ** 2
    fine = None
    if order.fine:
        threads = noise.make_fractal(order.seed + 4, (32, 128), order.fine, octaves=1)
        fine = np.asarray(1 + 0.006 * threads, np.float32)
    return Tiles(
        mix_colours(np.asarray(base, np.float32), shine, sheen * 0.55), 1.25 * surface.scale, fine
    )


def folds(seed: int, size: int) -> Floats:
    """(S, S) height of heavy cloth pushed together.

    Polished cloth shows every kink of its slope, which cubic interpolation has at each sample:
    so the folds are computed coarsely and blurred as they are enlarged.
    """
    side = min(size, COARSE)
    u, v = noise.make_grid(side)
    drift = noise.make_octave(seed, (1, 2), side) + 0.35 * noise.make_octave(seed + 3, (2, 4), side)
    sway = noise.make_octave(seed + 1, (2, 2), side) + 0.3 * noise.make_octave(
        seed + 2, (4, 4), side
    )
    bend = 2 * np.pi * (2 * u + v)
    height = np.sin(bend + 2.3 * drift) + 0.55 * np.sin(2 * bend + 3.0 * sway + 1.3 * drift)
    height = height + 0.3 * np.sin(2 * np.pi * (v - 3 * u) + 2.6 * sway) + 0.4 * sway
    soft = blurred(np.asarray(height, np.float32), 3.0)
    return blurred(noise.enlarge_tile(soft, size), 1.5 * size / side) if size > side else soft


def blurred(tile: Floats, sigma: float) -> Floats:
    edge = int(4 * sigma) + 1
    ringed = cv2.copyMakeBorder(tile, edge, edge, edge, edge, cv2.BORDER_WRAP)
    soft = cv2.GaussianBlur(ringed, (0, 0), sigma)
    return np.ascontiguousarray(soft[edge:-edge, edge:-edge], np.float32)


def wool(surface: Surface, order: Order) -> Tiles:
    """Stocking stitch: columns of V. Colours: wool, its shade."""
    light, dark = (linearize_hex(c) for c in surface.colours[:2])
    size, columns = order.size, 32
    u, v = noise.make_grid(size)
    wobble = noise.make_fractal(order.seed * 137, (16, 16), size, octaves=3) * 0.07
    x = u * columns + wobble
    side = np.abs((x % 1) - 0.5) * 2
    y = v * columns * 0.75 * 1.3333 + side * 0.55 + wobble.T
    yarn = np.abs(np.sin(np.pi * y)) ** 0.7 * np.clip(np.sin(np.pi * ((x * 2) % 1)), 0, 1) ** 0.5
    fuzz = noise.make_fractal(order.seed * 137 + 1, (64, 64), size, octaves=3, gain=0.8)
    tone = np.clip(yarn + 0.06 * fuzz, 0, 1)
    base = mix_colours(dark, light, np.asarray(tone, np.float32))
    return Tiles(base, 0.95 * surface.scale, None)
