from datetime import timedelta

import pytest
from django.utils import timezone

from seo.desk.experiments import title_tests
from seo.desk.metrics import page_metrics
from seo.desk.models import SearchResult, TitleTest
from seo.models import Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(written):
    """Four live pages and how they were searched before today."""
    today = timezone.now().date()
    versions = [written(topic, live=True) for topic in ("mug", "shoe", "lamp", "ring")]
    for version in versions:
        for back in range(1, 8):
            day = today - timedelta(days=back)
            SearchResult.objects.create(
                page=version.page, first=day, last=day, clicks=5, impressions=100, position=4
            )
    return [version.page for version in versions]


def begun(pages, **words):
    trial = TitleTest(name="Numbers", idea="They are read.", locale="en", author="Mark", **words)
    found = page_metrics.metrics_by_page(timezone.now().date(), 28)
    title_tests.draw_pairs(trial, [title_tests.Candidate(page, one) for page, one in found.items()])
    return trial


def test_comparable_pages_are_paired_and_the_lot_is_drawn_once(pages):
    trial = begun(pages)
    pairs = list(trial.pairs.values_list("changed", "control"))
    assert sorted(page for pair in pairs for page in pair) == sorted(page.pk for page in pages)
    candidates = [
        title_tests.Candidate(page, one)
        for page, one in page_metrics.metrics_by_page(timezone.now().date(), 28).items()
    ]
    drawn = {tuple(title_tests.paired(candidates, seed)) for seed in range(20)}
    assert title_tests.paired(candidates, 1) == title_tests.paired(candidates, 1)
    assert len(drawn) > 1
    assert title_tests.busy_pages() == {page.pk for page in pages}


def test_all_titles_go_live_at_one_time_or_none(pages):
    trial = begun(pages)
    titles = ["Cut out your photo in two seconds", "W" * 60]
    for pair, title in zip(trial.pairs.all(), titles, strict=True):
        trial.pairs.filter(pk=pair.pk).update(title=title)
    refused = title_tests.start_title_test(trial, "Lena")
    assert [one.findings[0].id for one in refused] == ["title-width"]
    assert Version.objects.count() == 4
    trial.pairs.filter(title="W" * 60).update(title="Have your photo cut out at once")
    assert title_tests.start_title_test(trial, "Lena") == []
    trial.refresh_from_db()
    live = Version.objects.filter(pk__in=trial.pairs.values("version"))
    assert {version.publish_at for version in live} == {trial.started}
    assert {version.reviewer for version in live} == {"Lena"}


def test_a_test_is_read_against_its_controls(pages):
    trial = begun(pages, days=7)
    trial.pairs.update(title="Cut out your photo in two seconds")
    start = timezone.now() - timedelta(days=15)
    for pair in trial.pairs.all():
        trial.pairs.filter(pk=pair.pk).update(version=pair.changed.versions.get())
        for page, clicks in ((pair.changed, 20), (pair.control, 10)):
            for back in range(-7, 10):
                day = start.date() + timedelta(days=back)
                SearchResult.objects.update_or_create(
                    page=page, first=day, last=day,
                    defaults={"clicks": clicks if back > 2 else 10, "impressions": 200, "position": 4},
                )  # fmt: skip
    TitleTest.objects.filter(pk=trial.pk).update(started=start)
    trial.refresh_from_db()
    reading, read = title_tests.read_title_test(trial)
    assert len(read) == 2
    assert reading.effect == pytest.approx(1, abs=0.1)
    assert reading.verdict == "better"
    assert title_tests.is_test_over(trial)
    assert title_tests.busy_pages() == set()
