import pytest

from tools.queue import messages

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch, django_capture_on_commit_callbacks):
    """The messages that a call sends, each with its queue."""
    found = []

    def send(task, *_, queue="cpu", **__):
        found.append((task, queue))

    monkeypatch.setattr(messages, "send_message", send)
    monkeypatch.setattr("foundation.messages.send_message", send)

    def sent(lot, tier):
        with django_capture_on_commit_callbacks(execute=True):
            messages.announce_job(lot, tier)
            assert found == []
        return found

    return sent


def test_any_worker_is_told_of_what_any_can_do(sent):
    assert sent("", 0) == [(messages.WORK, "cpu")]


@pytest.mark.parametrize(("tier", "queue"), [(0, messages.PAID), (1, messages.FREE)])
def test_a_device_is_told_of_its_work_where_it_listens(sent, tier, queue):
    assert sent("matte", tier) == [(messages.WAKE, queue)]
    assert queue in messages.OF_DEVICES.split(",")
