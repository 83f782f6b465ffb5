from datetime import timedelta

import pytest
from django.utils import timezone

from seo.desk.metrics import attribution, daily_rollup, histograms, page_metrics, recommendations
from seo.desk.metrics.page_metrics import Figures
from seo.desk.models import PageDay
from tools.analytics import page_events
from tools.models import PageEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def happened(written):
    """Let events happen on a page, each as (event, more)."""
    page = written("mug", live=True).page

    def happened(visit, *events, at=None, path=None):
        for event, more in events:
            PageEvent.objects.create(
                event=event, visit=visit, at=at or timezone.now(),
                page=path or page.get_absolute_url(), **more,
            )  # fmt: skip
        return page

    return happened


JOURNEY = (
    ("tool_view", {}),
    ("tool_input", {}),
    ("tool_start", {"attempt": 1}),
    ("tool_result", {"attempt": 1, "value": 900.0}),
    ("tool_start", {"attempt": 2}),
    ("tool_result", {"attempt": 2, "value": 100.0}),
    ("download", {"label": "png"}),
    ("vitals", {"label": "LCP", "value": 800.0}),
    ("vitals", {"label": "TTFB", "value": 30.0}),
    ("rating", {"value": 4.0}),
    ("leave", {"value": 60_000.0}),
)


def test_a_day_is_counted_from_its_events(happened):
    page = happened("a", *JOURNEY)
    happened("b", ("tool_view", {}), ("leave", {"value": 2000.0}))
    happened("c", ("tool_view", {}), ("tool_view", {}), path="/no-such-page/")
    assert daily_rollup.count_day(timezone.now().date()) == 1
    found = page_metrics.metrics_by_page(timezone.now().date(), 1)[page.pk]
    assert (found.of("views"), found.of("visits"), found.input_rate) == (2, 2, 0.5)
    assert (found.success_rate, found.attempts_a_visit, found.several_rate) == (1, 2, 1)
    assert (found.download_rate, found.quick_rate, found.rating) == (1, 0.5, 4)
    row = PageDay.objects.get()
    assert set(row.times) == {"first", "LCP"}
    assert page_metrics.together([row]).first_p50 == pytest.approx(900, rel=0.06)


def test_who_came_back_within_a_week_is_a_share_of_the_visits(happened):
    page = happened("a", ("tool_view", {}), ("return_visit", {}), ("return_visit", {}))
    happened("b", ("tool_view", {}))
    daily_rollup.count_day(timezone.now().date())
    assert page_metrics.metrics_by_page(timezone.now().date(), 1)[page.pk].return_rate == 0.5


def test_counting_again_changes_nothing_and_what_came_since_is_added(happened):
    page = happened("a", *JOURNEY)
    for _ in range(2):
        daily_rollup.count_day(timezone.now().date(), page)
    assert PageDay.objects.get().views == 1
    happened("b", ("tool_view", {}))
    daily_rollup.count_day(timezone.now().date(), page)
    assert PageDay.objects.get().views == 2


def test_a_former_address_counts_for_its_page(happened, written):
    page = happened("a", ("tool_view", {}))
    page.slug = "mugs"
    page.save()
    daily_rollup.count_day(timezone.now().date())
    assert PageDay.objects.get().page == page


def test_yesterday_is_another_day(happened):
    page = happened("a", ("tool_view", {}), at=timezone.now() - timedelta(days=1))
    daily_rollup.count_day(timezone.now().date())
    assert not PageDay.objects.exists()
    daily_rollup.count_day(timezone.now().date() - timedelta(days=1))
    days = page_metrics.metrics_by_day(page.pk, timezone.now().date(), 3)
    assert [one.of("views") for _, one in days] == [0, 1, 0]


def test_a_sign_up_is_told_of_the_page_the_visit_saw_last(happened, rf):
    request = rf.get("/", HTTP_USER_AGENT="a browser")
    visit = page_events.hash_visit("127.0.0.1", "a browser", timezone.now().date())
    attribution.signed_up(request)
    assert not PageEvent.objects.filter(event="sign_up").exists()
    page = happened(visit, ("tool_view", {}))
    attribution.signed_up(request)
    attribution.note(request, "credits_bought", value=50.0, label="cs:1")
    attribution.note(request, "credits_bought", value=50.0, label="cs:1")
    daily_rollup.count_day(timezone.now().date())
    row = PageDay.objects.get(page=page)
    assert (row.sign_ups, row.credits) == (1, 50)


def busy(**changed):
    counts = {"views": 1000, "visits": 900, "inputs": 450, "starts": 450, "results": 430}
    return Figures({**counts, "downloads": 200, "quick_exits": 100, **changed})


def test_the_page_that_loses_most_is_mended_first_with_the_reason_in_words():
    pages = {1: busy(), 2: busy(inputs=90), 3: busy(inputs=300), 4: busy(), 5: busy(downloads=20)}
    ranked = recommendations.rank_pages(pages)
    assert ranked[1] == ranked[4] == []
    assert "Many views, few inputs: 10%" in ranked[2][0].words
    assert ranked[2][0].mend
    assert ranked[2][0].worth > ranked[3][0].worth
    assert "Results are left" in ranked[5][0].words


def test_one_slow_visit_says_nothing_of_the_page_and_many_do():
    once, often = busy(), busy()
    once.times = {"LCP": histograms.of([9000.0])}
    often.times = {"LCP": histograms.of([9000.0] * 60)}
    ranked = recommendations.rank_pages({1: once, 2: often})
    assert ranked[1] == []
    assert "LCP" in ranked[2][0].words


def test_a_page_that_few_have_seen_says_nothing():
    pages = {1: busy(), 2: busy(), 3: busy(visits=20, inputs=0)}
    assert recommendations.rank_pages(pages)[3] == []


def test_a_page_that_is_seen_and_not_clicked_needs_another_title():
    def shown(clicks, place):
        return Figures(clicks=clicks, impressions=1000, position=place)

    ranked = recommendations.rank_pages(
        {1: shown(50, 4), 2: shown(50, 4), 3: shown(5, 4), 4: shown(2, 14)}
    )
    assert "Seen, not clicked" in ranked[3][0].words
    assert "second page of results" in ranked[4][0].words
