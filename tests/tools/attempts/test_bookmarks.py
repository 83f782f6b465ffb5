import pytest

from tools.attempts import lifecycle
from tools.models import Attempt


@pytest.fixture
def attempt(photo):
    return lifecycle.start_attempt(photo, "remove-background", {})


def test_a_star_is_put_on_and_taken_off(browser, attempt, says):
    address = f"/attempts/{attempt.pk}/favourite/"
    assert says(browser.post(address, {"on": "1"}))["favourite"] is True
    assert says(browser.post(address, {"on": "0"}))["favourite"] is False


def test_an_attempt_is_renamed_and_named_after_its_tool_again(browser, attempt, says):
    address = f"/attempts/{attempt.pk}/title/"
    assert says(browser.post(address, {"title": "  for the  shop "}))["title"] == "for the shop"
    assert says(browser.post(address, {"title": ""}))["title"] == "Remove background"


def test_a_title_of_more_than_80_characters_is_refused(browser, attempt):
    answer = browser.post(f"/attempts/{attempt.pk}/title/", {"title": "x" * 81})
    assert answer.status_code == 422
    assert "title" in answer.json()["fields"]
    assert Attempt.objects.get().title == ""


def test_open_pages_hear_of_a_mark(browser, attempt):
    before = attempt.changed
    browser.post(f"/attempts/{attempt.pk}/favourite/", {"on": "1"})
    assert Attempt.objects.get().changed > before


@pytest.mark.parametrize("mark", ["favourite", "title"])
def test_another_visitor_cannot_mark_it(client, attempt, mark):
    assert client.post(f"/attempts/{attempt.pk}/{mark}/", {"title": "mine"}).status_code == 404
    assert Attempt.objects.get().title == ""
