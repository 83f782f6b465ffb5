import pytest

from tools import tasks
from tools.photos import uploads
from tools.workers import reaper

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    found = []
    for task in (tasks.work, tasks.read_photo, tasks.fetch_photos):
        monkeypatch.setattr(
            task, "delay", lambda *given, name=task.name: found.append((name, *given))
        )
    return found


def test_whoever_waits_for_a_lost_message_is_rung_for(sent, monkeypatch):
    monkeypatch.setattr(reaper, "reap_lapsed", lambda: 2)
    monkeypatch.setattr(reaper, "list_unread", lambda: ["a-photo"])
    monkeypatch.setattr(reaper, "has_unfetched", lambda: True)
    tasks.reap()
    assert sent == [
        ("tools.tasks.work",),
        ("tools.tasks.work",),
        ("tools.tasks.read_photo", "a-photo"),
        ("tools.tasks.fetch_photos",),
    ]


def test_a_quiet_site_sends_nothing(sent):
    tasks.reap()
    assert sent == []


def test_each_photo_that_came_from_the_web_is_read(sent, monkeypatch):
    monkeypatch.setattr(tasks.jobs, "fetch_waiting", lambda: iter(["one", "two"]))
    monkeypatch.setattr(tasks.connection, "close", lambda: None)
    tasks.fetch_aside()
    assert [given for name, *given in sent] == [["one"], ["two"]]


def test_a_wake_up_is_answered_as_it_comes_in(monkeypatch):
    roused, acknowledged = [], []
    monkeypatch.setattr("tools.workers.gpu.process.rouse_device", lambda: roused.append(1))

    class Consumer:
        connection_errors = ()

    answer = tasks.wake.start_strategy(None, Consumer())
    answer(None, None, lambda *_: acknowledged.append(1))
    assert (roused, acknowledged) == ([1], [1])


def test_reading_a_photo_makes_it_ready(upload, visitor):
    photo = upload()
    tasks.read_photo(str(photo.pk))
    assert uploads.find_photo(visitor, photo.pk).state == "ready"
