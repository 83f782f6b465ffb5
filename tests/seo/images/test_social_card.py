import pytest

from seo.images import social_card
from tools.attempts import lifecycle
from tools.queue import background

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(write):
    return [write(slug) for slug in ("cut-mugs", "cut-cups", "cut-jars")]


@pytest.fixture
def waiting(photo):
    """Somebody's attempt, not yet done."""
    return lifecycle.start_attempt(photo, "remove-background", {})


def test_cards_are_drawn_while_nobody_waits(pages):
    assert social_card.draw_missing_cards() == len(pages)
    assert social_card.draw_missing_cards() == 0


def test_while_somebody_waits_one_card_is_drawn_and_no_more(pages, waiting):
    assert social_card.draw_missing_cards() == 1
    waiting.delete()
    assert social_card.draw_missing_cards() == len(pages) - 1


def test_two_workers_never_draw_at_once(pages):
    with background.hold_alone("cards") as ours:
        assert ours
        assert social_card.draw_missing_cards() == 0
    assert social_card.draw_missing_cards() == len(pages)
