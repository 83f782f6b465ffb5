from datetime import timedelta

import pytest
from django.utils import timezone

from seo.desk.metrics import daily_rollup, page_metrics
from seo.desk.models import PageDay

pytestmark = pytest.mark.django_db


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
