import logging

import pytest
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from foundation.messages import send_message, send_on_commit


@pytest.fixture
def sent(monkeypatch):
    found = []
    monkeypatch.setattr(current_app, "send_task", lambda *given, **_: found.append(given))
    return found


def test_a_broker_that_is_away_is_logged_and_disturbs_nobody(monkeypatch, caplog):
    def away(*_args, **_options):
        raise OperationalError("no route to the queue")

    monkeypatch.setattr(current_app, "send_task", away)
    with caplog.at_level(logging.WARNING):
        assert not send_message("tools.tasks.work")
    assert "Nobody could be told of tools.tasks.work: no route to the queue" in caplog.text


@pytest.mark.django_db
def test_a_message_waits_for_the_rows_that_it_speaks_of(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        send_on_commit("tools.tasks.work", 7)
        assert sent == []
    assert sent == [("tools.tasks.work", (7,))]


@pytest.mark.django_db
def test_what_was_undone_is_told_to_nobody(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        send_on_commit("tools.tasks.work", 7)
        transaction.set_rollback(True)
    assert sent == []
