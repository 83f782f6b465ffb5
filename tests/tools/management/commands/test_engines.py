import pytest
from django.core.management import call_command

from tools.analytics.attempt_counts import Counts
from tools.management.commands import engines
from tools.pipeline.engines import list_engines

pytestmark = pytest.mark.django_db


def test_every_engine_is_a_line_that_says_whether_it_can_be_used(capsys):
    call_command("engines")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(list_engines())
    (embedded,) = [line for line in lines if line.startswith("matte    embedded ")]
    assert embedded.endswith(": available")
    for line in lines:
        assert ": available" in line or ": unavailable: " in line


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (Counts(), ""),
        (Counts(delivered=10, firsts=50, firsts_delivered=46), ", first try 92% of 50"),
    ],
)
def test_how_often_the_first_try_gave_a_result_is_told_where_there_was_one(counts, words):
    assert engines.tried(counts) == words
