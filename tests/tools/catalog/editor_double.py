"""An engine for editing by words, without a model: it sets the product on a colour, a little off."""

import numpy as np

from tools.pipeline import registration
from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.errors import NotObedientError


class Editor:
    def edit(self, photo, alpha, *, words, seed, lora=None, progress=None):
        if words == "another mug":
            raise NotObedientError
        ground = np.full((*photo.shape[:2], 3), (20, 60, 140), np.uint8)
        ground[..., 0] += seed
        if lora:
            ground[..., 1] = int(100 * lora["weight"])
        picture = np.where(alpha[..., None] > 0, photo[..., :3], ground)
        drawn = np.roll(picture, (2, 3), axis=(0, 1)).astype(np.uint8)
        registered = registration.register_drawing(photo, alpha, drawn)
        redrawn = registration.measure_product_kept(photo, alpha, registered)
        return {"image": registered, "tries": 1, "seed": seed, "redrawn": redrawn}


ENGINES = (
    Engine(
        name="double",
        title="Double",
        kind="edit",
        version="1",
        licence="ours",
        commercial=True,
        generative=True,
        load=Editor,
    ),
)
