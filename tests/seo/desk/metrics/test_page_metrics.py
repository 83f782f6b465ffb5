from datetime import date, timedelta

import pytest

from seo.desk.metrics import page_metrics
from seo.desk.models import SearchResult

pytestmark = pytest.mark.django_db


DAY = date(2026, 11, 1)


def test_days_go_before_a_table_that_covers_many(written):
    page = written("mug", live=True).page
    for first, last, clicks in ((DAY, DAY, 1), (DAY, DAY + timedelta(days=6), 99)):
        SearchResult.objects.create(
            page=page, first=first, last=last, clicks=clicks, impressions=100, position=3
        )
    found = page_metrics.searched(DAY, DAY + timedelta(days=6))
    assert found[page.pk][:2] == (1, 100)
