"""Page cache before Django: kept pages that were answered before are answered again as they were.

Whoever asks for one gets byte for byte what the one before them got: no thread, no middleware, and
one look at the edition for all who ask at about the same time. All else goes on to the site.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.db import close_old_connections

from seo.page_cache.store import SHELF, Copy, Headers, edition

App = Callable[[Any, Any, Any], Awaitable[None]]


class Replaying:
    """Stands before the site's ASGI application."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.thread = ThreadPoolExecutor(1, "edition")
        self.looking: asyncio.Future[bool] | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["query_string"]:
            await self.app(scope, receive, send)
            return
        asked = dict(scope["headers"])
        key = address(scope, asked)
        copy = SHELF.copies.get(key)
        form = (
            copy.form(told(asked, b"if-none-match"), told(asked, b"accept-encoding"))
            if copy
            else ""
        )
        is_there = copy is not None and form in copy.sent and await self.is_current()
        if copy is None or not is_there or SHELF.copies.get(key) is not copy:
            await self.app(scope, receive, heard(key, send))
            return
        SHELF.touch(key)
        status, headers = copy.sent[form]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": copy.content(form)})

    async def is_current(self) -> bool:
        """Whether the copies are what the site would answer now."""
        if SHELF.is_trusted():
            return True
        if self.looking is None or self.looking.done():
            loop = asyncio.get_running_loop()
            self.looking = loop.run_in_executor(self.thread, look)
        # Whoever gives up waiting does not take the look from the others.
        return await asyncio.shield(self.looking)


def look() -> bool:
    close_old_connections()
    asked = time.monotonic()
    return SHELF.is_of(edition(), asked)


def heard(key: str, send: Any) -> Any:
    """Remembers the answer, if it is one of a copy's."""

    async def hear(message: Any) -> None:
        if message["type"] == "http.response.start":
            copy = SHELF.copies.get(key)
            if copy and (form := form_of(copy, message["status"], message["headers"])):
                copy.sent[form] = message["status"], message["headers"]
        await send(message)

    return hear


def form_of(copy: Copy, status: int, headers: Headers) -> str:
    """Which of a copy's answers this is; none if it is another page's, or somebody's own."""
    found = {name.lower(): value for name, value in headers}
    if found.get(b"etag") != copy.tag.encode() or b"set-cookie" in found:
        return ""
    encoding = found.get(b"content-encoding", b"")
    return {(304, b""): "none", (200, b"gzip"): "packed", (200, b""): "body"}.get(
        (status, encoding), ""
    )


def address(scope: Any, asked: dict[bytes, bytes]) -> str:
    """The address that Django makes of the request: what copies are kept under."""
    scheme = scope["scheme"]
    if proxied := settings.SECURE_PROXY_SSL_HEADER:
        name, secure = proxied
        header = name.removeprefix("HTTP_").replace("_", "-").lower().encode()
        scheme = "https" if told(asked, header) == secure else scheme
    return f"{scheme}://{told(asked, b'host')}{scope['path']}"


def told(asked: dict[bytes, bytes], name: bytes) -> str:
    return asked.get(name, b"").decode("latin-1")
