from datetime import timedelta

from django.utils import timezone

from foundation import heartbeats


def test_the_age_of_a_sign_is_that_of_the_last_one(monkeypatch):
    assert heartbeats.heartbeat_age() is None
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    heartbeats.write_heartbeat(heartbeats.TIMETABLE)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=2))
    assert heartbeats.heartbeat_age() == timedelta(minutes=2)
    heartbeats.write_heartbeat(heartbeats.TIMETABLE)
    assert heartbeats.heartbeat_age() == timedelta(0)


def test_a_sign_answers_one_who_waits_and_no_other():
    heartbeats.write_heartbeat(f"{heartbeats.FOLDER}/one")
    assert not heartbeats.await_heartbeat("another", 0)
    assert heartbeats.await_heartbeat("one", 1)
    assert not heartbeats.await_heartbeat("one", 0.01)
