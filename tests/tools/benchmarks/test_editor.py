from datetime import UTC, datetime, timedelta

import pytest

from tools.benchmarks import editor
from tools.models import Attempt

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def attempt(**facts):
    return Attempt(
        created=NOON,
        started=NOON + timedelta(milliseconds=20),
        finished=NOON + timedelta(milliseconds=520),
        facts={"encoding": 0.1, **facts},
    )


def test_the_parts_of_a_wait_are_all_of_it():
    found = editor.times(attempt(look={"seconds": 0.05, "encoding": 0.01}), 100, 700)
    for times in found.values():
        assert sum(times[part] for part in editor.PARTS) == pytest.approx(times["total"])
    assert found["result"]["compute"] == pytest.approx(400)
    assert found["first look"]["network"] == pytest.approx(20)


def test_without_a_look_the_result_is_the_first_that_is_seen():
    found = editor.times(attempt(), 700)
    assert found["first look"] == found["result"]


def test_the_middle_of_several_tries_is_told_with_its_shares():
    tries = [editor.times(attempt(), total) for total in (600, 700, 5000)]
    total, *parts = editor.medians("result", tries)
    assert total == {"until": "result", "what": "total", "median ms": 700}
    assert [row["what"] for row in parts] == list(editor.PARTS)


def test_attempts_are_heard_of_in_both_kinds_of_event():
    row = {"id": "a"}
    assert list(editor.told("mine", {"photos": [{"attempts": [row]}]})) == [row]
    assert list(editor.told("attempt", row)) == [row]
    assert list(editor.told("photo", row)) == []


def test_a_server_that_is_not_there_is_said_to_be(monkeypatch):
    def refused(*_, **__):
        raise ConnectionRefusedError

    monkeypatch.setattr(editor.Visit, "send", refused)
    with pytest.raises(editor.NoServerError, match=r"127\.0\.0\.1:1"):
        editor.Visit("http://127.0.0.1:1").ask("/")


def test_the_photo_is_of_a_size_that_is_hardly_met_twice():
    assert len({editor.unseen().size for _ in range(4)}) > 1
