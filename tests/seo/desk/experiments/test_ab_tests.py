from datetime import timedelta

import pytest
from django.utils import timezone

from seo.desk import tasks
from seo.desk.experiments import ab_tests, statistics
from seo.models import Variant
from tools.models import PageEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(written, marketer):
    """A variant of a live page that is shown."""

    def running(**words):
        page = written("mug", live=True).page
        words = words or {"button": "Add your mug"}
        return Variant.objects.create(page=page, author=marketer, started=timezone.now(), **words)

    return running


def visits(variant, half, number, *events):
    PageEvent.objects.bulk_create(
        PageEvent(event=event, variant=f"{variant.pk}{half}", visit=f"{half}{one}")
        for one in range(number)
        for event in events
    )


def test_a_marketer_writes_a_variant_and_somebody_else_starts_it(desk, lead, written):
    page = written("mug", live=True).page
    where = f"/admin/seo/keywordpage/desk/{page.pk}/variants/"
    desk.post(where, {"button": "Add your mug", "part": "", "days": 14})
    variant = page.variants.get()
    act = f"/admin/seo/keywordpage/desk/variant/{variant.pk}/act/"
    desk.post(act, {"act": "start"})
    assert "Add your mug" not in desk.get("/mug-photos/").content.decode()
    desk.force_login(lead)
    desk.post(act, {"act": "start"})
    shown = desk.get("/mug-photos/").content.decode()
    assert '<span data-of="a">Choose a photo</span>' in shown
    assert '<span data-of="b">Add your mug</span>' in shown
    desk.post(act, {"act": "end"})
    assert "Add your mug" not in desk.get("/mug-photos/").content.decode()


@pytest.mark.parametrize(
    "words", [{"button": "", "part": ""}, {"button": "Add it", "part": "questions"}]
)
def test_a_test_changes_one_thing(desk, written, words):
    page = written("mug", live=True).page
    desk.post(f"/admin/seo/keywordpage/desk/{page.pk}/variants/", {"days": 14, **words})
    assert not page.variants.exists()


def test_a_page_with_a_variant_is_one_page_for_everybody(client, running):
    running(part="sections")
    page = client.get("/mug-photos/")
    assert page["Cache-Control"].startswith("public")
    assert not page.cookies
    assert page.content.count(b"data-first") == 1
    assert b"data-variant" not in page.content.partition(b">")[0]


def test_the_halves_are_compared_by_their_visits(running):
    variant = running()
    visits(variant, "a", 400, "tool_view", "tool_view")
    visits(variant, "a", 40, "tool_input")
    visits(variant, "b", 400, "tool_view")
    visits(variant, "b", 80, "tool_input")
    given, *_rest = ab_tests.read_test(variant)
    assert (given.usual.value, given.changed.value) == (0.1, 0.2)
    assert given.reading.verdict == "better"
    assert given.reading.low < 1 < given.reading.high


def test_few_visits_say_nothing(running):
    variant = running()
    visits(variant, "a", 29, "tool_view", "tool_input")
    visits(variant, "b", 400, "tool_view")
    assert all(line.reading is None for line in ab_tests.read_test(variant))


def test_a_test_ends_when_its_days_are_over_and_keeps_its_counts(running, monkeypatch):
    variant = running(button="Add your mug", days=7)
    visits(variant, "a", 3, "tool_view")
    ab_tests.end_what_is_over()
    later = timezone.now() + timedelta(days=7)
    monkeypatch.setattr(timezone, "now", lambda: later)
    tasks.nightly()
    PageEvent.objects.all().delete()
    variant.refresh_from_db()
    assert variant.ended == later
    assert ab_tests.read_test(variant)[0].usual.impressions == 3


def test_a_rate_lies_within_its_interval():
    low, high = statistics.Rate(10, 100).within
    assert (round(low, 3), round(high, 3)) == (0.055, 0.174)
    assert statistics.Rate(0, 0).within == (0, 1)
