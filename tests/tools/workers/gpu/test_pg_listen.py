"""The database tells of work as soon as there is any."""

from threading import Semaphore

import pytest
from django.db import connection, transaction

from tools.queue import messages
from tools.workers.gpu.pg_listen import Listener

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL alone tells"),
]
PATIENCE = 60


@pytest.fixture
def heard(monkeypatch):
    """Released each time that work is heard of; no message is sent."""
    monkeypatch.setattr(messages, "wake_worker", lambda lot, tier: None)
    calls = Semaphore(0)
    listener = Listener(calls.release)
    listener.start()
    # It listens when it hears the first: what is said before that nobody hears.
    while not calls.acquire(timeout=0.1):
        tell("fill any")
    yield calls
    listener.done.set()
    listener.join()


def tell(lot):
    with transaction.atomic():
        messages.wake_on_commit(lot, 0)


def drained(calls):
    while calls.acquire(timeout=0.5):
        pass


def test_work_for_a_device_is_heard_of(heard):
    drained(heard)
    tell("fill any")
    assert heard.acquire(timeout=PATIENCE)


def test_what_was_never_queued_is_not_heard_of(heard):
    drained(heard)
    with transaction.atomic():
        messages.wake_on_commit("fill any", 0)
        transaction.set_rollback(True)
    tell("")
    assert not heard.acquire(timeout=0.5)


def test_a_database_that_was_lost_is_listened_to_again(heard):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%%'"
        )
    drained(heard)
    while not heard.acquire(timeout=0.1):
        tell("fill any")
