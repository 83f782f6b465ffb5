"""Scenes' surfaces made ahead, one at a time and only while nobody waits for a worker."""

import fcntl
from pathlib import Path

from django.conf import settings

from tools.models import Attempt, Export, Job
from tools.pipeline.scenes import draw, registry
from tools.pipeline.scenes.surfaces import shelf

# A proxy's size: surfaces are the same for all pictures that are about as large.
WIDTH, HEIGHT = 1633, 1225


def warm_one() -> bool:
    """Make the surfaces of the next scene that has none yet; False when there is nothing to do."""
    if any(kind.objects.filter(status__in=Job.OPEN).exists() for kind in (Attempt, Export)):
        return False
    marks = settings.STEPS_DIR / "warm"
    marks.mkdir(parents=True, exist_ok=True)
    with (marks / "lock").open("w") as lock:
        try:
            # One at a time: the machine's other workers stay free for visitors.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return warm_next(marks)


def warm_next(marks: Path) -> bool:
    for scene in registry.SCENES:
        mark = marks / f"{scene.slug}-{shelf.VERSION}"
        if mark.exists():
            continue
        shelf.shelf.keep_in(settings.STEPS_DIR, settings.STEPS_MAX_BYTES)
        draw.scene(slug=scene.slug, width=WIDTH, height=HEIGHT)
        mark.touch()
        return True
    return False
