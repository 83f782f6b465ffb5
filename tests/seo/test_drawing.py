import pytest

from seo import drawing
from tools import attempts, idle

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(write):
    return [write(slug) for slug in ("cut-mugs", "cut-cups", "cut-jars")]


@pytest.fixture
def waiting(photo):
    """Somebody's attempt, not yet done."""
    return attempts.start(photo, "remove-background", {})


def test_cards_are_drawn_while_nobody_waits(pages):
    assert drawing.missing() == len(pages)
    assert drawing.missing() == 0


def test_while_somebody_waits_one_card_is_drawn_and_no_more(pages, waiting):
    assert drawing.missing() == 1
    waiting.delete()
    assert drawing.missing() == len(pages) - 1


def test_two_workers_never_draw_at_once(pages):
    with idle.alone("cards") as ours:
        assert ours
        assert drawing.missing() == 0
    assert drawing.missing() == len(pages)
