import asyncio

import pytest
from django.core.asgi import get_asgi_application

from foundation.threads import Threads, end
from seo.models import Version
from seo.page_cache.asgi import Replaying
from seo.page_cache.store import SHELF

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = {"host": "testserver", "accept-encoding": "gzip"}


class Site:
    """The site behind its ASGI door, which counts what gets through to it."""

    def __init__(self):
        self.site = Threads(get_asgi_application())
        self.door = Replaying(self.counted)
        self.through = 0

    async def counted(self, *call):
        self.through += 1
        await self.site(*call)

    def get(self, *requests):
        """Ask one after the other, in one process; the answers as (status, headers, body)."""
        return asyncio.run(self.all(requests))

    async def all(self, requests):
        return [await answer(self.door, path, ASKED | headers) for path, headers in requests]


async def answer(app, path, headers):
    sent = []
    messages = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive():
        return messages.pop() if messages else await asyncio.Future()

    async def send(message):
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    path, _, query = path.partition("?")
    scope = {"type": "http", "method": "GET", "scheme": "http", "path": path, "headers": raw}
    await app(scope | {"query_string": query.encode()}, receive, send)
    start, *bodies = sent
    head = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return start["status"], head, b"".join(one.get("body", b"") for one in bodies)


@pytest.fixture
def site():
    site = Site()
    yield site
    SHELF.clear()
    for thread in (*site.site.idle, site.door.thread):
        end(thread)


def test_a_page_is_answered_again_byte_for_byte_without_asking_the_site(site, write):
    write()
    first, again = site.get(*[("/cut-mugs/", {})] * 2)
    assert again == first
    assert site.through == 1
    assert again[1]["content-security-policy"]


def test_each_way_of_asking_has_its_own_answer(site, write):
    write()
    plain = ("/cut-mugs/", {"accept-encoding": ""})
    _, packed, bare = site.get(("/cut-mugs/", {}), ("/cut-mugs/", {}), plain)
    had = ("/cut-mugs/", {"if-none-match": packed[1]["etag"]})
    found = site.get(had, had, ("/cut-mugs/", {}), plain)
    assert [status for status, _, _ in found] == [304, 304, 200, 200]
    assert found[1][2] == b""
    assert found[2:] == [packed, bare]
    assert site.through == 3


@pytest.mark.parametrize("trusted", [0, 1e6])
def test_a_change_is_seen_at_once(site, write, monkeypatch, trusted):
    monkeypatch.setattr("seo.page_cache.store.TRUSTED", trusted)
    write()
    plain = ("/cut-mugs/", {"accept-encoding": ""})
    site.get(*[plain] * 3)
    Version.objects.update(h1="Another heading")
    assert b"Another heading" in site.get(plain)[0][2]


def test_a_change_by_another_process_is_seen_at_the_next_look(site, write, monkeypatch):
    monkeypatch.setattr("seo.page_cache.store.TRUSTED", 0)
    write()
    plain = ("/cut-mugs/", {"accept-encoding": ""})
    site.get(*[plain] * 3)
    monkeypatch.setattr(SHELF, "distrust", lambda: None)
    Version.objects.update(h1="Another heading")
    assert b"Another heading" in site.get(plain)[0][2]


def test_what_is_somebodys_own_is_never_replayed(site, write):
    write()
    site.get(*[("/cut-mugs/?softness=0.5", {})] * 2, *[("/account/", {})] * 2)
    assert site.through == 4


def test_pages_of_one_path_on_two_hosts_are_apart(site, write):
    write()
    other = ("/cut-mugs/", {"host": "example.com"})
    site.get(*[("/cut-mugs/", {})] * 2, other)
    assert site.through == 2
