"""Heartbeats: the timetable leaves one every few seconds, the worker gives one when asked.

They lie in the pictures' storage, which is the one place that every process can reach.
"""

import time
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

FOLDER = "pulse"
TIMETABLE = f"{FOLDER}/timetable"
EVERY = timedelta(seconds=20)


def write_heartbeat(name: str) -> None:
    default_storage.delete(name)
    default_storage.save(name, ContentFile(timezone.now().isoformat().encode()))


def heartbeat_age() -> timedelta | None:
    """How long ago the timetable's last sign was; None when there never was one."""
    if not default_storage.exists(TIMETABLE):
        return None
    with default_storage.open(TIMETABLE) as file:
        return timezone.now() - datetime.fromisoformat(file.read().decode())


def await_heartbeat(name: str, patience: float) -> bool:
    """Wait for a sign of that name, and take it away; False when none came."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if default_storage.exists(f"{FOLDER}/{name}"):
            default_storage.delete(f"{FOLDER}/{name}")
            return True
        time.sleep(0.02)
    return False
