"""Skins that were made before: the slow part of a scene, and the same for every picture of a size.

A process keeps the last few in memory. Where a folder is named, all processes of the machine share
them there, over restarts, within bounds.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from tools.pipeline.graph import Address
from tools.pipeline.scenes.surfaces.texture import Texture
from tools.pipeline.store import StepStore

# Raise whenever a material looks otherwise than before.
VERSION = 2
IN_MEMORY = 12


@dataclass
class TextureCache:
    """Textures by what they are made of; `store` is None until somebody names a folder."""

    store: StepStore | None = None
    recent: OrderedDict[str, Texture] = field(default_factory=OrderedDict)

    def keep_in(self, folder: Path, max_bytes: int) -> None:
        if self.store is None or self.store.folder != folder:
            self.store = StepStore(folder, max_bytes)

    def get(self, name: str, make: Callable[[], Texture]) -> Texture:
        """The texture of that name, made now if nobody has made it."""
        if name not in self.recent:
            self.recent[name] = self.stored(name, make)
            if len(self.recent) > IN_MEMORY:
                self.recent.popitem(last=False)
        self.recent.move_to_end(name)
        return self.recent[name]

    def stored(self, name: str, make: Callable[[], Texture]) -> Texture:
        if self.store is None:
            return make()
        address = Address(sha256(f"skin {VERSION} {name}".encode()).hexdigest())
        found = self.store.get(address)
        if found is not None and not isinstance(found, np.ndarray):
            return unpacked(dict(found))
        made = make()
        self.store.put(address, packed(made))
        return made


def packed(texture: Texture) -> dict[str, Any]:
    levels = {f"level{number}": level for number, level in enumerate(texture.levels)}
    fine = {f"fine{number}": level for number, level in enumerate(texture.fine)}
    return {**levels, **fine, "period": texture.period, "fine_period": texture.fine_period}


def unpacked(values: dict[str, Any]) -> Texture:
    return Texture(
        levels=in_order(values, "level"),
        fine=in_order(values, "fine"),
        period=values["period"],
        fine_period=values["fine_period"],
    )


def in_order(values: dict[str, Any], prefix: str) -> tuple[Any, ...]:
    names = sorted(
        (name for name in values if name.startswith(prefix) and name[len(prefix) :].isdigit()),
        key=lambda name: int(name[len(prefix) :]),
    )
    return tuple(values[name] for name in names)


textures = TextureCache()
