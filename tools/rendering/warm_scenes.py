"""Scene warming: surfaces made ahead, one at a time and only while nobody waits for a worker."""

import time
from pathlib import Path

from django.conf import settings

from tools.pipeline.scenes import draw, registry
from tools.pipeline.scenes.surfaces import texture_cache
from tools.queue import background

# A proxy's size: surfaces are the same for all pictures that are about as large.
WIDTH, HEIGHT = 1633, 1225
# Of the timetable's twenty: the worker has other things to look after.
SECONDS = 12


def warm_surfaces() -> None:
    """Make the surfaces of scenes that have none yet, for as long as nobody waits for a worker and
    no longer than SECONDS.
    """
    until = time.monotonic() + SECONDS
    # One at a time: the machine's other workers stay free for visitors.
    with background.hold_alone("warm") as ours:
        more = ours
        while more and not background.somebody_waits() and time.monotonic() < until:
            more = warm_next()


def warm_next() -> bool:
    """The next scene; False when there is none left."""
    for scene in registry.SCENES:
        if is_warm(scene.slug):
            continue
        texture_cache.textures.keep_in(settings.STEPS_DIR, settings.STEPS_MAX_BYTES)
        draw.draw_scene(slug=scene.slug, width=WIDTH, height=HEIGHT)
        mark(scene.slug).parent.mkdir(parents=True, exist_ok=True)
        mark(scene.slug).touch()
        return True
    return False


def is_warm(scene: str) -> bool:
    return mark(scene).exists()


def mark(scene: str) -> Path:
    return settings.STEPS_DIR / "warm" / f"{scene}-{texture_cache.VERSION}"
