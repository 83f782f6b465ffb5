import pytest

from packshot import celery
from tools.queue import messages
from tools.workers.gpu import process


@pytest.fixture
def told(monkeypatch):
    found = []
    for name in ("start", "stop", "join"):
        monkeypatch.setattr(process, name, lambda name=name: found.append(name))
    return found


@pytest.mark.parametrize("owns", [True, False])
def test_only_a_worker_that_hears_a_devices_queues_owns_one(monkeypatch, told, owns):
    heard = messages.PAID if owns else "cpu"
    queues = celery.app.amqp.queues
    monkeypatch.setattr(type(queues), "consume_from", {heard: None})
    celery.own_device()
    celery.claim_no_more()
    celery.leave_device()
    assert told == (["start", "stop", "join"] if owns else [])
