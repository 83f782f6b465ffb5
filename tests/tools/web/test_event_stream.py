import asyncio
import gc
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections
from django.test import RequestFactory

from accounts.models import User, Visitor
from billing.accounts import payers
from tools.web import event_stream

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked():
    """A request of that visitor's, with the session of whoever is signed in."""

    def asked(visitor):
        request = RequestFactory().get("/events/")
        request._visitor = visitor
        request.session = import_module(settings.SESSION_ENGINE).SessionStore()
        request.session.create()
        return request

    return asked


def ran(scene):
    """In a thread of its own: where a browser is being driven, this one has its loop already."""

    async def whole():
        try:
            return await scene()
        finally:
            await sync_to_async(connections.close_all)()

    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, whole()).result()


async def first(answer):
    stream = aiter(answer)
    return stream, await anext(stream)


def test_one_person_cannot_hold_all_streams(asked, monkeypatch):
    monkeypatch.setattr(event_stream, "MOST_OF_ONE", 2)
    one, other = asked(Visitor.objects.create()), asked(Visitor.objects.create())

    async def scene():
        begun = [await first(await event_stream.stream_events(one)) for _ in range(2)]
        refused = await event_stream.stream_events(one)
        welcome = await event_stream.stream_events(other)
        while begun:
            stream, _ = begun.pop()
            await stream.aclose()
        # Newer Djangos wrap what streams: what is inside is closed when nobody holds it.
        del stream
        for _ in range(10):
            gc.collect()
            await asyncio.sleep(0)
        again = await event_stream.stream_events(one)
        return refused, welcome, again

    refused, welcome, again = ran(scene)
    assert (refused.status_code, refused["Retry-After"]) == (429, "15")
    assert (welcome.status_code, again.status_code) == (200, 200)
    assert event_stream.open_streams == {}


def test_a_stream_ends_with_the_session(asked, monkeypatch):
    monkeypatch.setattr(event_stream, "SECONDS_BETWEEN_COMMENTS", 0.01)
    visitor, user = Visitor.objects.create(), User.objects.create_user("ada@example.com")
    payers.signed_in(visitor, user)
    request = asked(visitor)

    async def scene():
        stream, _ = await first(await event_stream.stream_events(request))
        still = await anext(stream)
        await sync_to_async(request.session.delete)()
        return still, [event async for event in stream]

    still, after = ran(scene)
    assert still == b": still here\n\n"
    assert len(after) <= 1
