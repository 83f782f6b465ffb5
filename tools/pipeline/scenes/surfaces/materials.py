"""Which function makes which material."""

import math
from collections.abc import Callable

from tools.pipeline.scenes.facts import Surface
from tools.pipeline.scenes.surfaces import cloth, mineral, plain, stone, wood
from tools.pipeline.scenes.surfaces.texture import Texture, texture
from tools.pipeline.scenes.surfaces.texture_cache import textures
from tools.pipeline.scenes.surfaces.tiles import Order, Tiles

MATERIALS: dict[str, Callable[[Surface, Order], Tiles]] = {
    "boards": wood.away,
    "concrete": mineral.concrete,
    "linen": cloth.linen,
    "marble": stone.marble,
    "paper": plain.paper,
    "plaster": mineral.plaster,
    "sand": mineral.sand,
    "satin": cloth.satin,
    "slab": wood.slab,
    "slate": stone.slate,
    "snow": mineral.snow,
    "table": wood.across,
    "terrazzo": mineral.terrazzo,
    "tiles": plain.glazed,
    "travertine": stone.travertine,
    "wool": cloth.wool,
}

SMALLEST, LARGEST = 256, 2048
SMALLEST_FINE, LARGEST_FINE = 128, 1024
TYPICAL_PERIOD = 1.4
FINE_PERIOD = 0.16


def make_texture(
    surface: Surface, *, finest: float, seed: int, toward: tuple[float, float]
) -> Texture:
    """The material, about as fine as `finest`: the world length that the sharpest pixel averages.

    Whatever asks for the largest tile gets the same one, so that a photo's preview and its full
    size, and all photos that are not small, share what is slow to make.
    """
    size = 2 ** round(math.log2(TYPICAL_PERIOD / finest))
    fine = 2 ** round(math.log2(FINE_PERIOD / finest))
    if size >= LARGEST:
        size, fine = LARGEST, LARGEST_FINE
    order = Order(
        size=max(size, SMALLEST),
        fine=0 if fine < SMALLEST_FINE else min(max(fine, SMALLEST), LARGEST_FINE),
        seed=seed,
        toward=toward,
    )
    return textures.get(
        f"{surface} {order}", lambda: texture(MATERIALS[surface.material](surface, order))
    )
