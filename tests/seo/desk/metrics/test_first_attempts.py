from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from seo.desk.metrics import first_attempts
from tools.analytics import attempt_counts
from tools.models import AttemptCount

FIRSTS = "/admin/seo/keywordpage/desk/firsts/"


@pytest.fixture
def ended(db):
    def ended(page="", used="matte embedded", days_ago=0, **counts):
        day = timezone.now().date() - timedelta(days=days_ago)
        return AttemptCount.objects.create(
            day=day, tool="remove-background", engines=used, page=page, **counts
        )

    return ended


def rates(rows):
    return {row.name: (row.counts.firsts, row.counts.first_try) for row in rows}


def test_an_attempt_counts_for_each_engine_that_it_was_asked_of(ended):
    ended(firsts=4, firsts_delivered=3, delivered=5)
    ended(page="/x/", used="edit flux-kontext, matte embedded", firsts=4, firsts_delivered=1)
    ended(days_ago=40, firsts=100)
    found = rates(first_attempts.rows_by_engine(attempt_counts.list_recent(28)))
    assert found == {"Built in (matte)": (8, 0.5), "FLUX.1 Kontext (edit)": (4, 0.25)}


def test_pages_of_one_intent_are_one_category(ended, written):
    mug = written("mug")
    written("mug", "de", intent=mug.page.intent)
    written("shoe")
    ended(page="/mug-photos/", firsts=2, firsts_delivered=1)
    ended(page="/de/mug-photos/", firsts=2, firsts_delivered=2)
    ended(page="/shoe-photos/", firsts=1)
    ended(page="/somewhere-else/", firsts=9)
    assert rates(first_attempts.rows_by_category(attempt_counts.list_recent(28))) == {
        "Mug photos": (4, 0.75),
        "Shoe photos": (1, 0.0),
    }


def test_a_marketer_sees_all_three(desk, ended, written):
    page = written("mug").page
    ended(page="/mug-photos/", firsts=4, firsts_delivered=3, unkept=1)
    shown = desk.get(FIRSTS).content.decode()
    assert "Built in (matte)" in shown
    assert f'href="/admin/seo/keywordpage/desk/{page.pk}/doing/"' in shown
    assert "75" in shown


def test_a_visitor_sees_none_of_it(client, db):
    assert client.get(FIRSTS).status_code == 302


def test_the_operator_sees_it_beside_the_engines(ended):
    ended(firsts=4, firsts_delivered=3, unkept=1)
    out = StringIO()
    call_command("engines", stdout=out)
    (line,) = (row for row in out.getvalue().splitlines() if row.startswith("matte    embedded"))
    assert line.endswith("available, first try 75% of 4, 1 did not keep the product")
