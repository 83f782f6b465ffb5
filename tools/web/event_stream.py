"""Event stream (server-sent events): what happens to a visitor's photos, as it happens.

The present state comes first, so that a page that lost the line misses nothing; the browser
reconnects by itself. No database connection is held while nothing happens.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from accounts import visitors
from accounts.models import Visitor
from tools.photos import uploads
from tools.web import serializers
from tools.web.change_watcher import watcher

SECONDS_BETWEEN_COMMENTS = 15
# A stream ends now and then, so that a process that is to go can go; the browser comes back.
MOST_COMMENTS = 40
RETRY_MS = 1500
# Open at once in this process: of one person (their windows and devices), and of all together.
# Whoever is refused asks after what is open instead, and tries again later.
MOST_OF_ONE, MOST_OF_ALL = 12, 300

open_streams: Counter[str] = Counter()

State = dict[tuple[str, str], dict[str, Any]]


async def stream_events(request: HttpRequest) -> HttpResponseBase:
    visitor = await sync_to_async(visitors.find_visitor)(request)
    if visitor is None:
        return HttpResponse(status=204)
    if open_streams[person(visitor)] >= MOST_OF_ONE or open_streams.total() >= MOST_OF_ALL:
        return HttpResponse(status=429, headers={"Retry-After": "15"})
    answer = StreamingHttpResponse(counted(request, visitor), content_type="text/event-stream")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    # Compressing would hold events back until a block is full.
    answer.headers["Content-Encoding"] = "identity"
    return answer


def person(visitor: Visitor) -> str:
    return f"user {visitor.user_id}" if visitor.user_id else f"visitor {visitor.pk}"


async def counted(request: HttpRequest, visitor: Visitor) -> AsyncIterator[str]:
    who = person(visitor)
    open_streams[who] += 1
    try:
        async for event in told(request, visitor):
            yield event
    finally:
        open_streams[who] -= 1
        if not open_streams[who]:
            del open_streams[who]


def is_over(request: HttpRequest, visitor: Visitor) -> bool:
    """Whether whoever was signed in when the stream began has signed out since."""
    key = request.session.session_key or ""
    return visitor.user_id is not None and not request.session.exists(key)


async def told(request: HttpRequest, visitor: Visitor) -> AsyncIterator[str]:
    everybody = await sync_to_async(same_person)(visitor)
    with watcher.listening(everybody) as changed:
        photos = await sync_to_async(present)(visitor)
        known = by_name(photos)
        yield f"retry: {RETRY_MS}\n\n" + event("mine", {"photos": photos})
        for _ in range(MOST_COMMENTS):
            try:
                async with asyncio.timeout(SECONDS_BETWEEN_COMMENTS):
                    await changed.wait()
            except TimeoutError:
                if await sync_to_async(is_over)(request, visitor):
                    return
                yield ": still here\n\n"
                continue
            changed.clear()
            if await sync_to_async(is_over)(request, visitor):
                return
            now = by_name(await sync_to_async(present)(visitor))
            for key in now:
                if now[key] != known.get(key):
                    yield event(key[0], now[key])
            for key in known.keys() - now.keys():
                yield event("gone", {"kind": key[0], "id": key[1]})
            known = now


def same_person(visitor: Visitor) -> list[UUID]:
    found = uploads.same_person(visitor)
    return [row if isinstance(row, UUID) else row["pk"] for row in found]


def present(visitor: Visitor) -> list[dict[str, Any]]:
    return serializers.photos_with_attempts(uploads.list_photos(visitor))


def by_name(photos: list[dict[str, Any]]) -> State:
    """Each photo, attempt and export alone, by kind and id."""
    found: State = {}
    for photo in photos:
        alone = {name: value for name, value in photo.items() if name != "attempts"}
        found["photo", photo["id"]] = alone
        for attempt in photo["attempts"]:
            found["attempt", attempt["id"]] = attempt
    return found


def event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, default=str)}\n\n"
