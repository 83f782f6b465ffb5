import base64
import re

import pytest

from billing import audit
from packshot import tasks
from tools.attempts import lifecycle

pytestmark = pytest.mark.django_db


def read(client, **headers):
    answer = client.get("/metrics", headers=headers)
    return answer.status_code, answer.content.decode()


def as_owner(token):
    return {"authorization": "Basic " + base64.b64encode(f"ops:{token}".encode()).decode()}


def test_the_books_and_the_queue_are_numbers(client, photo):
    audit.nightly()
    tasks.beat()
    lifecycle.start_attempt(photo, "remove-background", {})
    status, page = read(client)
    assert status == 200
    for line in (
        "packshot_billing_audit_problems 0",
        'packshot_jobs{kind="attempt",status="queued"} 1',
        'packshot_jobs{kind="export",status="failed"} 0',
        "packshot_photos 1",
        "packshot_dead_letters 0",
    ):
        assert line in page.splitlines()
    assert re.search(r"^packshot_timetable_age_seconds \d+$", page, re.MULTILINE)


def test_without_a_token_only_this_machine_may_read(client):
    assert read(client)[0] == 200
    assert read(client, x_forwarded_for="203.0.113.7")[0] == 404
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404


def test_with_a_token_its_owner_may_read_from_anywhere(client, settings):
    settings.METRICS_TOKEN = "let me in"
    assert read(client)[0] == 404
    assert read(client, **as_owner("guess"))[0] == 404
    assert read(client, authorization="Basic %%%")[0] == 404
    assert read(client, x_forwarded_for="203.0.113.7", **as_owner("let me in"))[0] == 200
