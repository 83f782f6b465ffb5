import pytest

from seo.desk.metrics import histograms, recommendations
from seo.desk.metrics.page_metrics import Figures

pytestmark = pytest.mark.django_db


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
