"""Paper, paint and glazed tiles."""

import numpy as np

from tools.pipeline.pixels import Floats
from tools.pipeline.scenes import noise
from tools.pipeline.scenes.colours import linearize_hex, mix_colours
from tools.pipeline.scenes.facts import Surface
from tools.pipeline.scenes.surfaces.tiles import Order, Tiles, relief


def paper(surface: Surface, order: Order) -> Tiles:
    """Seamless studio paper: nearly nothing, which is the point."""
    clouds = noise.make_fractal(order.seed, (4, 4), min(order.size, 256), octaves=3)
    base = linearize_hex(surface.colours[0]) * (1 + 0.006 * surface.contrast * clouds)[..., None]
    return Tiles(np.asarray(base, np.float32), 1.6, fibres(order, 0.012 * surface.contrast))


def fibres(order: Order, strength: float) -> Floats | None:
    if not order.fine:
        return None
    pulp = noise.make_fractal(order.seed + 7, (64, 64), order.fine, octaves=3, gain=0.8)
    return np.asarray(1 + strength * pulp, np.float32)


def glazed(surface: Surface, order: Order) -> Tiles:
    """Hand-made square tiles (zellige): each of its own tone and tilt, with pale joints."""
    count, size = 16, order.size
    u, v = noise.make_grid(size)
    tone = cells(order.seed, count, size) * 0.09 * surface.contrast
    lean = cells(order.seed + 1, count, size) * 0.10 * (u * count % 1 - 0.5)
    lean = lean + cells(order.seed + 2, count, size) * 0.10 * (v * count % 1 - 0.5)
    waves = relief(
        noise.make_fractal(order.seed + 3, (16, 16), size, octaves=2), order.toward, 0.0016
    )
    glaze = (
        linearize_hex(surface.colours[0]) * np.clip((1 + tone + lean) * waves, 0.4, 1.5)[..., None]
    )
    edge = np.minimum(distance_to_joint(u, count), distance_to_joint(v, count))
    edge = edge + 0.006 * noise.make_fractal(order.seed + 4, (32, 32), size, octaves=2)
    joint = 1 - noise.smooth_step(0.015, 0.045, np.asarray(edge, np.float32))
    return Tiles(
        mix_colours(glaze, linearize_hex(surface.colours[-1]), joint * 0.9), 1.1 * surface.scale
    )


def cells(seed: int, count: int, size: int) -> Floats:
    """(size, size): one normal number for each of count by count squares."""
    numbers = noise.make_lattice(seed, count, count)
    return np.repeat(np.repeat(numbers, size // count, 0), size // count, 1)


def distance_to_joint(along: Floats, count: int) -> Floats:
    """From a tile's edge, in shares of a tile: 0 in the joint, 0.5 in the middle."""
    within = along * count % 1
    return np.asarray(np.minimum(within, 1 - within), np.float32)
