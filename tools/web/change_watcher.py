"""Change watcher: one in each process tells every open page of that process what changed.

The rows are the truth and any worker on any machine may change them; asking the database once for
all pages is cheap where asking for each page is not.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from tools.models import Archive, Attempt, Export, Fetch, Loss, Photo

SECONDS_BETWEEN_LOOKS = 0.1
# Where a look that finds nothing costs nothing: a visitor waits half of this after each result.
SECONDS_ON_SQLITE = 0.025
# Clocks of machines differ, and rows become visible after the time that stands in them.
OVERLAP = timedelta(seconds=3)


class Watcher:
    """Wakes the listeners of a visitor whose rows changed."""

    def __init__(self) -> None:
        self.listeners: dict[UUID, set[asyncio.Event]] = defaultdict(set)
        self.task: asyncio.Task[None] | None = None
        # One thread, so that there is one connection, and it is not the requests'.
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="watcher")
        self.seen: set[tuple[UUID, datetime]] = set()
        self.version: int | None = None

    @contextmanager
    def listening(self, visitors: Iterable[UUID]) -> Iterator[asyncio.Event]:
        """An event that is set whenever something of these visitors' changed."""
        event, visitors = asyncio.Event(), list(visitors)
        for visitor in visitors:
            self.listeners[visitor].add(event)
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self.watch())
        try:
            yield event
        finally:
            for visitor in visitors:
                self.listeners[visitor].discard(event)
                if not self.listeners[visitor]:
                    del self.listeners[visitor]

    async def watch(self) -> None:
        """Look until nobody listens any more."""
        loop = asyncio.get_running_loop()
        since = timezone.now()
        seconds = SECONDS_ON_SQLITE if connection.vendor == "sqlite" else SECONDS_BETWEEN_LOOKS
        while self.listeners:
            await asyncio.sleep(seconds)
            now = timezone.now()
            for visitor in await loop.run_in_executor(self.thread, self.look, since - OVERLAP):
                for event in self.listeners.get(visitor, ()):
                    event.set()
            since = now
        await loop.run_in_executor(self.thread, self.close)

    def close(self) -> None:
        """Let go of the watching thread's own connection."""
        connection.close()
        self.version = None

    def look(self, since: datetime) -> set[UUID]:
        """The visitors with rows that changed since then and were not seen so before."""
        if not self.is_touched():
            return set()
        photos = Photo.objects.filter(changed__gt=since).values_list("visitor", "pk", "changed")
        attempts = Attempt.objects.filter(changed__gt=since)
        exports = Export.objects.filter(changed__gt=since)
        fetches = Fetch.objects.filter(changed__gt=since)
        archives = Archive.objects.filter(changed__gt=since)
        losses = Loss.objects.filter(changed__gt=since)
        rows = [
            *photos,
            *losses.values_list("visitor", "visitor", "changed"),
            *fetches.values_list("photo__visitor", "pk", "changed"),
            *archives.values_list("photo__visitor", "pk", "changed"),
            *attempts.values_list("photo__visitor", "pk", "changed"),
            *exports.values_list("attempt__photo__visitor", "pk", "changed"),
        ]
        fresh = {visitor for visitor, pk, changed in rows if (pk, changed) not in self.seen}
        self.seen = {(pk, changed) for _, pk, changed in rows}
        return fresh

    def is_touched(self) -> bool:
        """Whether anybody wrote to the database since the last look; SQLite tells for nothing."""
        if connection.vendor != "sqlite":
            return True
        with connection.cursor() as cursor:
            version: int = cursor.execute("PRAGMA data_version").fetchone()[0]
        touched, self.version = version != self.version, version
        return touched


watcher = Watcher()
