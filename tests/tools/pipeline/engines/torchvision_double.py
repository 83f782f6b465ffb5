"""Stands in for torchvision, of which no build fits torch's for the CPU, while spandrel is imported.

Two architectures name three of its functions; nothing that the tests load calls them.
"""

import sys
from contextlib import contextmanager
from types import ModuleType

NAMES = ("torchvision", "torchvision.transforms", "torchvision.transforms.functional")


@contextmanager
def standing_in():
    doubles = {name: ModuleType(name) for name in NAMES}
    functional = doubles[NAMES[2]]
    functional.InterpolationMode = functional.rotate = functional.normalize = None
    sys.modules.update(doubles)
    try:
        yield
    finally:
        for name in NAMES:
            del sys.modules[name]
