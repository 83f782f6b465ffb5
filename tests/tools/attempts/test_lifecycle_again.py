"""What is asked for again is there already, and what would change nothing is not begun."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from billing.models import Entry, Hold
from tools.attempts import lifecycle
from tools.definition import registry
from tools.models import Attempt, Job, Photo
from tools.workers import cpu

TOOL = "remove-background"


@pytest.fixture
def ask(browser, photo):
    def ask(tool=TOOL, **settings):
        return browser.post("/attempts/", {"tool": tool, "photo": str(photo.pk), **settings})

    return ask


def shaped(photo, width, height):
    Photo.objects.filter(pk=photo.pk).update(width=width, height=height)


def test_the_same_settings_again_are_the_same_attempt(ask, says):
    first, second = ask(), ask()
    assert (first.status_code, second.status_code) == (201, 200)
    assert says(first)["id"] == says(second)["id"]
    cpu.work_once()
    third = ask()
    assert (third.status_code, says(third)["status"]) == (200, "done")
    assert Attempt.objects.count() == Hold.objects.count() == 1


def test_a_default_that_is_written_out_makes_no_twin(ask, says):
    softness = registry.get_tool(TOOL).defaults()["softness"]
    assert says(ask())["id"] == says(ask(softness=str(softness)))["id"]
    assert says(ask(softness="0.9"))["id"] != says(ask())["id"]
    assert Attempt.objects.count() == 2


def test_what_was_called_off_or_failed_is_begun_anew(ask, browser, says):
    first = says(ask())
    browser.post(f"{first['url']}cancel/")
    second = ask()
    assert second.status_code == 201
    Attempt.objects.filter(pk=says(second)["id"]).update(status=Job.Status.FAILED)
    assert ask().status_code == 201


def test_what_went_back_is_begun_anew(ask, browser, says):
    first = says(ask())
    cpu.work_once()
    browser.post("/account/credits-back/", {"attempt": first["id"], "reason": "edges"})
    assert ask().status_code == 201


def test_the_same_on_another_result_is_another_attempt(ask, says):
    first = says(ask())
    on_photo = says(ask("enhance-photo"))
    on_result = says(ask("enhance-photo", parent=first["id"]))
    assert on_photo["id"] != on_result["id"]
    assert says(ask("enhance-photo", parent=first["id"]))["id"] == on_result["id"]


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_ask_at_once_have_one_attempt(photo):
    gate = threading.Barrier(6)

    def start(_):
        try:
            gate.wait()
            return lifecycle.start_attempt(Photo.objects.get(pk=photo.pk), TOOL, {}).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(start, range(6)))) == 1
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(
    ("tool", "given"),
    [
        ("expand-photo", {"ratio": "1:1", "left": "0", "right": "0", "top": "0", "bottom": "0"}),
        ("expand-photo", {"ratio": "", "left": "0", "right": "0", "top": "0", "bottom": "0"}),
        ("enhance-photo", {"size": "1", "auto": "false"}),
    ],
)
def test_what_would_change_nothing_is_refused_for_free(photo, ask, says, tool, given):
    shaped(photo, 160, 160)
    answer = ask(tool, **given)
    assert (answer.status_code, says(answer)["error"]) == (422, "nothing-changes")
    assert "cost nothing" in says(answer)["words"]
    assert not Attempt.objects.exists()
    assert not Entry.objects.exists()


def test_expanding_a_square_photo_as_it_comes_makes_it_larger(photo, ask, says):
    shaped(photo, 160, 160)
    answer = says(ask("expand-photo"))
    cpu.work_once()
    made = Attempt.objects.get(pk=answer["id"])
    assert made.status == Job.Status.DONE
    assert made.width > 160
    assert made.height > 160


@pytest.mark.django_db
def test_every_tool_says_whether_its_defaults_change_something():
    for tool in registry.load_tools().values():
        for width, height in ((100, 100), (400, 300)):
            assert not tool.changes_nothing(width, height, tool.defaults()), tool.slug


def test_nothing_starts_that_costs_more_than_was_said(photo, ask, says):
    shaped(photo, 3000, 2000)
    refused = ask(most="1")
    assert (refused.status_code, says(refused)["error"]) == (409, "dearer-than-said")
    assert "costs 2 credits" in says(refused)["words"]
    assert not Attempt.objects.exists()
    assert not Entry.objects.exists()
    started = ask(most="2")
    assert (started.status_code, says(started)["credits"]) == (201, 2)
