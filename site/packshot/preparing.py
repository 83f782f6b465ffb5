"""Preparations before any process of the site starts; each step does nothing the second time."""

import hashlib
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from foundation import sqlite_queue, static_storage


def prepare_site() -> None:
    for step in STEPS:
        step()


def queue() -> None:
    """Make the embedded queue's file, or find out now that it is unusable."""
    if path := sqlite_queue.queue_path(settings.CELERY_BROKER_URL):
        sqlite_queue.verify_queue_file(path)


def database() -> None:
    # To ask is several times quicker than to migrate nothing.
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def static_files() -> None:
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    now = f"{static_ways()} {static_sources()}"
    before = stamp.read_text() if stamp.exists() else ""
    if before != now:
        # Files that are as they were would keep what another way of writing them has made of them.
        anew = before.partition(" ")[0] != static_ways()
        call_command("collectstatic", verbosity=0, interactive=False, clear=anew)
        stamp.write_text(now)


def static_ways() -> str:
    """A digest that changes whenever the way in which static files are written does."""
    return hashlib.sha256(Path(static_storage.__file__).read_bytes()).hexdigest()


def static_sources() -> str:
    """A digest that changes whenever a static file does."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            digest.update(f"{name} {file.st_size} {file.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def pages() -> None:
    call_command("load_pages", verbosity=0, stdout=StringIO())


STEPS: tuple[Callable[[], None], ...] = (queue, database, static_files, pages)
