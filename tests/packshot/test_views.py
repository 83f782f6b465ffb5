import pytest
from django.db import DatabaseError, connection
from kombu.exceptions import OperationalError

from packshot import views

pytestmark = pytest.mark.django_db


def test_a_site_whose_parts_answer_is_ready(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "queue": "ok"})


def test_a_site_without_a_queue_lives_and_is_not_ready(client, monkeypatch):
    class Away:
        def __enter__(self):
            raise OperationalError("nobody there")

        def __exit__(self, *_):
            pass

    monkeypatch.setattr(views.app, "connection_for_write", Away)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["queue"]) == (503, "does not answer")
    assert client.get("/healthz").content == b"ok\n"


def test_a_database_that_is_away_is_named(client, monkeypatch):
    def away():
        raise DatabaseError("no such host")

    monkeypatch.setattr(connection, "cursor", away)
    assert views.database() == "does not answer"


def test_the_front_page_is_kept_for_everybody(client):
    assert client.get("/")["Cache-Control"].startswith("public")
