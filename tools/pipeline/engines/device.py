"""Which accelerator there is: PACKSHOT_DEVICE names it, or else what the driver shows.

Nothing heavy is imported: web processes ask too, for what they offer depends on it.
"""

import os
from functools import cache
from pathlib import Path

VARIABLE = "PACKSHOT_DEVICE"
NONE = "none"
DRIVER = Path("/proc/driver/nvidia/gpus")


def names() -> list[str]:
    """The devices of this machine, such as cuda:0. `PACKSHOT_DEVICE` may name several with commas,
    `cpu` to run the engines that want a GPU without one (tests do), or `none`.
    """
    given = os.environ.get(VARIABLE, "")
    if not given:
        return [f"cuda:{number}" for number in range(count())]
    return [name.strip() for name in given.split(",") if name.strip() not in {"", NONE}]


@cache
def count() -> int:
    """How many GPUs NVIDIA's driver shows."""
    try:
        return len(list(DRIVER.iterdir()))
    except OSError:
        return 0


def there() -> bool:
    return bool(names())


def name() -> str:
    """The device that this process's engines are to be loaded onto; `cpu` where there is none."""
    found = names()
    return found[0] if found else "cpu"
