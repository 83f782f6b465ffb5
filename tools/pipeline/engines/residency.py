"""Loaded engines, kept within a device's memory."""

import gc
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tools.pipeline.engines.descriptor import Engine, Needs

logger = logging.getLogger(__name__)

# After so many seconds without use an engine's earlier uses count for half.
HALF_LIFE = 600.0


@dataclass
class Resident:
    """An engine on the device: what bringing it there took, and how much it is asked for."""

    engine: Engine
    loaded: Any
    seconds: float
    uses: float = 0.0
    used: float = 0.0

    def use(self, now: float) -> None:
        self.uses = self.wanted(now) + 1
        self.used = now

    def wanted(self, now: float) -> float:
        decay: float = 0.5 ** ((now - self.used) / HALF_LIFE)
        return self.uses * decay

    def value(self, now: float) -> float:
        """Seconds that keeping it is likely to save, for each MB that it takes."""
        return self.wanted(now) * self.seconds / max(1, self.engine.needs.memory)


class Residents:
    """The engines that are loaded, the least valuable put out first when another needs the room.

    `budget` is in MB of the device, against what the descriptors say. For one thread only.
    """

    def __init__(self, budget: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.budget = budget
        self.clock = clock
        self.residents: dict[tuple[str, str], Resident] = {}

    def get(self, engine: Engine) -> Any:
        """The engine's object, loaded now if it is not there. Raises what its loading raises."""
        key = engine.kind, engine.versioned
        if key not in self.residents:
            self.make_room(engine)
            begun = self.clock()
            loaded = engine.load()
            self.residents[key] = Resident(engine, loaded, self.clock() - begun)
        self.residents[key].use(self.clock())
        return self.residents[key].loaded

    def make_room(self, engine: Engine) -> None:
        now = self.clock()
        for resident in sorted(self.residents.values(), key=lambda kept: kept.value(now)):
            if self.taken(engine.needs) <= self.budget:
                return
            self.put_out(resident)

    def taken(self, *more: Needs) -> int:
        """What the residents take, and these as well; what they have in common counts once."""
        needs = [resident.engine.needs for resident in self.residents.values()] + list(more)
        common = {name: size for each in needs for name, size in each.common}
        own = sum(each.memory - sum(size for _, size in each.common) for each in needs)
        return own + sum(common.values())

    def alone(self, engine: Engine) -> bool:
        """Put out every other engine; False when there was none."""
        others = [kept for kept in self.residents.values() if kept.engine != engine]
        for resident in others:
            self.put_out(resident)
        return bool(others)

    def put_out(self, resident: Resident) -> None:
        logger.info("%s makes room on the device", resident.engine.versioned)
        del self.residents[resident.engine.kind, resident.engine.versioned]
        if close := getattr(resident.loaded, "close", None):
            close()
        del resident.loaded
        release_device_memory()

    def close(self) -> None:
        for resident in list(self.residents.values()):
            self.put_out(resident)


def release_device_memory() -> None:
    """Give back what the libraries hold in reserve."""
    gc.collect()
    # Only where an engine has imported it.
    if torch := sys.modules.get("torch"):
        torch.cuda.empty_cache()
