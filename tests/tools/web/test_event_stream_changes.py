import asyncio
import json

import pytest

from tools.attempts import lifecycle
from tools.models import Attempt
from tools.web import event_stream
from tools.web.change_watcher import watcher


def test_whoever_did_nothing_has_no_stream(client, db):
    assert client.get("/events/").status_code == 204


def test_a_stream_is_neither_kept_nor_held_back(browser, photo):
    answer = browser.get("/events/")
    assert answer["Content-Type"] == "text/event-stream"
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Accel-Buffering"] == "no"
    assert answer["Content-Encoding"] == "identity"


@pytest.mark.django_db(transaction=True)
def test_the_present_comes_first_and_then_only_what_changed(photo, visitor, monkeypatch):
    """What is told while one attempt begins and another one is deleted."""
    monkeypatch.setattr(event_stream, "SECONDS_BETWEEN_COMMENTS", 0.01)
    gone = lifecycle.start_attempt(photo, "remove-background", {})
    states = iter(
        [
            event_stream.present(visitor),
            changed(visitor, lambda: Attempt.objects.all().delete()),
        ]
    )
    monkeypatch.setattr(event_stream, "present", lambda _: next(states))

    class Listening:
        def __enter__(self):
            heard = asyncio.Event()
            heard.set()
            return heard

        def __exit__(self, *_):
            pass

    monkeypatch.setattr(watcher, "listening", lambda _: Listening())

    async def listen():
        told = []
        async for line in event_stream.told(visitor):
            told.append(line)
            if len(told) == 3:
                break
        return told

    first, second, third = asyncio.run(listen())
    assert first.startswith(f"retry: {event_stream.RETRY_MS}")
    (mine,) = json.loads(first.rpartition("data: ")[2])["photos"]
    assert mine["attempts"][0]["id"] == str(gone.pk)
    assert second.startswith("event: gone")
    assert json.loads(second.rpartition("data: ")[2]) == {"kind": "attempt", "id": str(gone.pk)}
    assert third == ": still here\n\n"


def changed(visitor, change):
    change()
    return event_stream.present(visitor)
