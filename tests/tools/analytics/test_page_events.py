import json
import time
import uuid
from datetime import timedelta

import pytest
from celery import current_app
from django.core.cache import cache
from django.utils import timezone

from accounts import visitors
from tests.cookies import signed
from tools import tasks
from tools.analytics import page_events
from tools.models import PageEvent

SEEN = {
    "event": "tool_view",
    "page": "/remove-background/?q=secret#part",
    "locale": "en",
    "tool": "remove-background",
    "attempt": 2,
    "label": "LCP",
    "value": 1.5,
}
HTTP = {"REMOTE_ADDR": "203.0.113.9", "HTTP_USER_AGENT": "A browser"}


@pytest.fixture(autouse=True)
def queue(db, monkeypatch):
    """What is sent to the queue is done at once, with what comes out of JSON."""

    def send_task(name, args, kwargs, **options):
        assert name == tasks.record_page_events.name
        args, kwargs = json.loads(json.dumps([args, kwargs]))
        tasks.record_page_events(*args, **kwargs)

    monkeypatch.setattr(current_app, "send_task", send_task)
    cache.clear()


@pytest.fixture
def send(client):
    def send(events, **headers):
        body = events if isinstance(events, bytes) else json.dumps(events).encode()
        return client.generic("POST", "/measures/", body, "text/plain", **{**HTTP, **headers})

    return send


def test_a_beacon_is_written_down_by_the_queue(send):
    assert send([SEEN, {"event": "leave"}]).status_code == 204
    seen, left = PageEvent.objects.order_by("pk")
    assert (seen.event, seen.tool, seen.attempt, seen.label, seen.value) == (
        "tool_view",
        "remove-background",
        2,
        "LCP",
        1.5,
    )
    assert (left.event, left.attempt, left.value) == ("leave", None, None)


def test_events_say_which_variant_of_a_page_was_shown(send):
    send([SEEN | {"variant": "12b"}, SEEN, SEEN | {"variant": "1" * 40}])
    assert list(PageEvent.objects.order_by("pk").values_list("variant", flat=True)) == [
        "12b",
        "",
        "1" * 12,
    ]


def test_the_request_itself_writes_nothing(send, monkeypatch, django_assert_num_queries):
    sent = []
    monkeypatch.setattr(current_app, "send_task", lambda *a, **k: sent.append(a))
    with django_assert_num_queries(0):
        send([SEEN])
    assert len(sent) == 1


@pytest.mark.parametrize(
    ("age", "returns"),
    [
        (timedelta(minutes=1), 0),
        (timedelta(days=1), 1),
        (timedelta(days=6), 1),
        (timedelta(days=8), 0),
    ],
)
def test_a_browser_first_known_on_another_day_of_the_week_has_come_back(
    send, client, monkeypatch, age, returns
):
    noon = timezone.now().replace(hour=12, minute=0)
    with monkeypatch.context() as then:
        then.setattr(time, "time", (noon - age).timestamp)
        client.cookies[visitors.COOKIE] = signed(visitors.COOKIE, str(uuid.uuid4()))
    monkeypatch.setattr(time, "time", noon.timestamp)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    send([SEEN, {"event": "leave"}], HTTP_SEC_FETCH_SITE="same-origin")
    came = PageEvent.objects.filter(event="return_visit")
    assert [row.page for row in came] == ["/remove-background/"] * returns


def test_nobody_says_of_themselves_that_they_came_back(send):
    send([{**SEEN, "event": "return_visit"}])
    assert not PageEvent.objects.exists()


def test_of_a_page_only_the_path_is_kept(send):
    send([SEEN])
    assert PageEvent.objects.get().page == "/remove-background/"


def test_nothing_says_who_it_was(send):
    answer = send([{**SEEN, "email": "me@example.com", "visit": "mine"}])
    row = json.dumps(PageEvent.objects.values().get(), default=str)
    for personal in ("me@example.com", "203.0.113", "browser", "mine"):
        assert personal not in row
    assert not answer.cookies


def test_a_visit_is_told_apart_within_a_day_and_not_beyond(send):
    send([SEEN])
    send([SEEN])
    send([SEEN], HTTP_USER_AGENT="Another browser")
    first, second, other = PageEvent.objects.order_by("pk").values_list("visit", flat=True)
    assert first == second != other
    today = timezone.now().date()
    visits = {
        page_events.hash_visit("203.0.113.9", "A browser", today + timedelta(days=n))
        for n in (0, 1)
    }
    assert len(visits) == 2


@pytest.mark.parametrize("header", ["HTTP_DNT", "HTTP_SEC_GPC"])
def test_who_does_not_want_to_be_counted_is_not(send, header):
    assert send([SEEN], **{header: "1"}).status_code == 204
    assert not PageEvent.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"{}",
        b"null",
        b'[1, "a", null, []]',
        b'[{"event": "hack"}]',
        b'[{"event": ["tool_view"]}]',
        b"\xff",
        b"[" * 5000,
    ],
)
def test_what_makes_no_sense_is_left_out(send, body):
    assert send(body).status_code == 204
    assert not PageEvent.objects.exists()


def test_what_makes_no_sense_in_an_event_is_left_out_of_it(send):
    send(
        [
            {
                "event": "vitals",
                "page": "http://[",
                "tool": "x" * 999,
                "locale": 7,
                "attempt": -1,
                "label": "a\0b",
                "value": "high",
            },
            {"event": "vitals", "attempt": True, "value": True},
            {"event": "vitals", "attempt": 10**9, "value": 1e300},
        ]
    )
    send(b'[{"event": "vitals", "value": NaN}, {"event": "vitals", "value": Infinity}]')
    first, *others = PageEvent.objects.order_by("pk")
    assert (first.page, len(first.tool), first.locale, first.label) == ("", 50, "", "ab")
    assert all((row.attempt, row.value) == (None, None) for row in [first, *others])


def test_more_than_eight_kilobytes_are_refused(send):
    assert send([SEEN] * 200).status_code == 413
    assert not PageEvent.objects.exists()


def test_a_network_that_sends_without_end_is_stopped(send, monkeypatch):
    monkeypatch.setattr("tools.web.views.beacons.MOST_BEACONS", 2)
    assert [send([SEEN]).status_code for _ in range(3)] == [204, 204, 429]
    assert send([SEEN], REMOTE_ADDR="198.51.100.1").status_code == 204


def test_another_sites_page_tells_nothing_here(send):
    assert send([SEEN], HTTP_SEC_FETCH_SITE="cross-site").status_code == 403


def test_page_events_are_kept_for_thirty_days(send):
    send([SEEN, SEEN])
    old = PageEvent.objects.order_by("pk")[0]
    PageEvent.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=30, hours=1))
    tasks.expire()
    assert [row.pk for row in PageEvent.objects.all()] == [old.pk + 1]
