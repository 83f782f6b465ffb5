"""Which function makes which material."""

import math
from collections.abc import Callable

from tools.pipeline.scenes.facts import Surface
from tools.pipeline.scenes.surfaces import cloth, mineral, plain, stone, wood
from tools.pipeline.scenes.surfaces.shelf import shelf
from tools.pipeline.scenes.surfaces.texture import Texture, texture
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
TYPICAL_PERIOD = 1.4
FINE_PERIOD = 0.16


def skin(surface: Surface, *, focal: float, seed: int, toward: tuple[float, float]) -> Texture:
    """The material, as fine as a camera of `focal` pixels can see at the product's depth."""
    wanted = 2 ** int(math.log2(max(focal * TYPICAL_PERIOD, 1)))
    fine = 2 ** round(math.log2(max(focal * FINE_PERIOD, 1)))
    order = Order(
        size=min(max(wanted, SMALLEST), LARGEST),
        fine=0 if fine < 128 else min(max(fine, 256), 1024),
        seed=seed,
        toward=toward,
    )
    return shelf.get(
        f"{surface} {order}", lambda: texture(MATERIALS[surface.material](surface, order))
    )
