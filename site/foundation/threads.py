"""Request threads that stay: each with its connection to the database.

Left alone, Django starts a thread for every request that comes over ASGI, and with it opens the
database anew: six milliseconds with SQLite, a handshake with a server.
"""

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext
from django.db import connections

App = Callable[[Any, Any, Any], Awaitable[None]]
# Threads that wait for a request, with an open connection each; those beyond them end.
MOST_IDLE = 8


class Threads:
    """Lends every request a thread of its own for as long as it lasts."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.idle: list[ThreadPoolExecutor] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        # The one that was used last: its connection is the least likely to be stale.
        thread = self.idle.pop() if self.idle else ThreadPoolExecutor(1, "request")
        try:
            async with ThreadSensitiveContext(executor=thread):
                await self.app(scope, receive, send)
        finally:
            if len(self.idle) < MOST_IDLE:
                self.idle.append(thread)
            else:
                end(thread)


def end(thread: ThreadPoolExecutor) -> None:
    """Have a thread that does nothing more close what it holds open."""
    thread.submit(connections.close_all)
    thread.shutdown(wait=False)
