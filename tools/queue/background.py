"""Background work that nobody waits for: once at a time on a machine, never long in anybody's way."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from tools.models import Attempt, Export, Job


def somebody_waits() -> bool:
    """Whether a visitor waits for what only a worker can do."""
    return any(kind.objects.filter(status__in=Job.OPEN).exists() for kind in (Attempt, Export))


@contextmanager
def hold_alone(what: str) -> Iterator[bool]:
    """Whether no other process of this machine is at it, and none will be while the block runs."""
    folder = settings.STEPS_DIR / "idle"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / what).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
