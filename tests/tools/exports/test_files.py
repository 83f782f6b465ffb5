import pytest

from tools.attempts import lifecycle
from tools.definition import marketplaces
from tools.definition.registry import InvalidParamsError
from tools.errors import NotFinishedError
from tools.exports import files
from tools.models import Attempt, Export


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"format": "gif"}, "format"),
        ({"colour": "red"}, "colour"),
        ({"market": "nowhere"}, "market"),
        ({"label": "xx"}, "label"),
        ({"side": "63"}, "side"),
        ({"side": "20001"}, "side"),
        ({"side": "-1"}, "side"),
        ({"side": "9" * 40}, "side"),
    ],
)
def test_what_describes_no_file_is_refused_beside_its_field(given, field):
    with pytest.raises(InvalidParamsError) as refused:
        files.parse_options(given)
    assert list(refused.value.fields) == [field]


def test_what_is_clear_lies_on_white_where_a_format_has_no_transparency():
    assert files.parse_options({"format": "jpeg"})["colour"] == files.WHITE
    assert files.parse_options({"format": "jpeg", "colour": "#FF0000"})["colour"] == "#ff0000"
    assert files.parse_options({})["colour"] == ""


def test_a_marketplace_says_its_own_size_and_may_want_white():
    found = files.parse_options({"market": "etsy", "side": "600", "white": "on"})
    assert "side" not in found
    assert found["white"] is True
    assert "white" not in files.parse_options({"white": "on"})


def test_the_page_says_the_size_of_every_file_before_it_is_asked_for():
    sizes = files.list_sizes(3000, 1500)
    assert sizes[""] == (3000, 1500)
    assert sizes["600"] == (600, 300)
    assert sizes["4096"] == (3000, 1500)
    etsy = marketplaces.BY_SLUG["etsy"]
    assert sizes["etsy"] == etsy.recommended


@pytest.fixture
def attempt(photo):
    started = lifecycle.start_attempt(photo, "remove-background", {})
    Attempt.objects.filter(pk=started.pk).update(status="done", preview="x")
    return Attempt.objects.get(pk=started.pk)


def test_the_same_wish_is_the_same_file_and_one_that_failed_is_tried_again(attempt):
    first = files.start_export(attempt, files.parse_options({}))
    assert files.start_export(attempt, files.parse_options({"format": "png"})) == first
    Export.objects.update(status="failed", error="step-failed", tries=3)
    again = files.start_export(attempt, files.parse_options({}))
    assert (again.pk, again.status, again.tries, again.error) == (first.pk, "queued", 0, "")
    assert files.start_export(attempt, files.parse_options({"side": "600"})) != first


def test_an_attempt_without_a_result_has_no_file(photo):
    attempt = lifecycle.start_attempt(photo, "remove-background", {})
    with pytest.raises(NotFinishedError):
        files.start_export(attempt, files.parse_options({}))


def test_a_file_is_its_visitors_alone(attempt, visitor):
    export = files.start_export(attempt, files.parse_options({}))
    assert files.find_export(visitor, export.pk) == export
    assert files.find_export(None, export.pk) is None
