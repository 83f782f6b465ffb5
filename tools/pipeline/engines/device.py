"""Which accelerator there is: PACKSHOT_DEVICE names it, or else what the driver shows.

Nothing heavy is imported: web processes ask too, for what they offer depends on it.
"""

import os
import subprocess
from functools import cache
from pathlib import Path

VARIABLE = "PACKSHOT_DEVICE"
COMPILE = "PACKSHOT_COMPILE"
NONE = "none"
DEFAULT_MEGABYTES = 16_000
DRIVER = Path("/proc/driver/nvidia/gpus")


def list_devices() -> list[str]:
    """The devices of this machine, such as cuda:0. `PACKSHOT_DEVICE` may name several with commas,
    `cpu` to run the engines that want a GPU without one (tests do), or `none`.
    """
    given = os.environ.get(VARIABLE, "")
    if not given:
        return [f"cuda:{number}" for number in range(count())]
    return [name.strip() for name in given.split(",") if name.strip() not in {"", NONE}]


@cache
def read_memory_budget() -> int:
    """What engines may take of a device's memory: nine tenths, as the driver tells it."""
    if not count():
        return DEFAULT_MEGABYTES
    ask = ["nvidia-smi", "--query-gpu=memory.total", "--format=csv,noheader,nounits"]
    try:
        said = subprocess.run(ask, capture_output=True, text=True, timeout=20, check=True).stdout  # noqa: S603  our own words
        return min(int(line) for line in said.split()) * 9 // 10
    except (OSError, ValueError, subprocess.SubprocessError):
        return DEFAULT_MEGABYTES


@cache
def count() -> int:
    """How many GPUs NVIDIA's driver shows."""
    try:
        return len(list(DRIVER.iterdir()))
    except OSError:
        return 0


def compiles() -> bool:
    """Whether engines are to be compiled: quicker for each picture, slower for the first."""
    return name() != "cpu" and os.environ.get(COMPILE, "") not in {"", "0"}


def there() -> bool:
    return bool(list_devices())


def name() -> str:
    """The device that this process's engines are to be loaded onto; `cpu` where there is none."""
    found = list_devices()
    return found[0] if found else "cpu"
