from datetime import date, timedelta

import pytest

from seo.desk.metrics import search_console
from seo.desk.models import SearchResult

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


def test_search_consoles_table_covers_the_days_it_is_said_to(written):
    page = written("mug", live=True).page
    text = (
        "Top pages,Clicks,Impressions,CTR,Position\n"
        'https://packshot.example/mug-photos/?x=1,12,"1,200",1%,4.5\n'
        "https://packshot.example/,5,10,50%,1\n"
    )
    brought = search_console.store_rows(
        search_console.read_rows(text, DAY, DAY + timedelta(days=27))
    )
    assert (brought.kept, brought.unknown) == (1, ["/"])
    row = SearchResult.objects.get()
    assert (row.page, row.clicks, row.impressions, row.position) == (page, 12, 1200, 4.5)
    search_console.store_rows(search_console.read_rows(text, DAY, DAY + timedelta(days=27)))
    assert SearchResult.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "no column for page"),
        ("page,clicks,impressions\n/x/,1,2\n", "no date"),
        ("date,page,clicks,impressions\n2026-11-01,/x/,1,2\n2026-11-02,/x/,many,2\n", "Line 3"),
    ],
)
def test_a_table_that_is_none_says_where(text, said):
    with pytest.raises(search_console.UnreadableError, match=said):
        search_console.read_rows(text)
