"""Engines that paint around a product without a model: a wall and a floor, by the words and the seed,
with the product grown by a rim, as models do.
"""

from hashlib import sha256

import numpy as np

from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.filling import dilation

CALLS = []


class Surrounder:
    def surroundings(self, stage, *, words, seed, lora=None, progress=None):
        CALLS.append(stage.shape)
        if progress:
            progress(0.5)
        colour = np.frombuffer(sha256(words.encode()).digest()[:3], np.uint8) // 2 + 90
        height, width = stage.shape[:2]
        out = np.empty((height, width, 3), np.uint8)
        out[:] = colour
        out[int(0.7 * height) :] = colour // 2
        out[..., 2] = seed % 256
        if lora:
            out[..., 1] = int(100 * lora["weight"])
        grown = dilation.dilate_mask(stage[..., 3] > 0, 2)
        out[grown] = stage[grown][:, :3]
        return out


ENGINES = tuple(
    Engine(
        name=name,
        title=title,
        kind="surround",
        version="1",
        licence="ours",
        commercial=True,
        generative=True,
        load=Surrounder,
    )
    for name, title in (("double", "Double"), ("second", "Second"))
)
