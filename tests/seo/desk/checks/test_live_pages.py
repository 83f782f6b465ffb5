import pytest

from seo.desk.checks import gate, live_pages
from seo.models import Version

pytestmark = pytest.mark.django_db


def test_what_goes_live_is_among_those_that_follow(written):
    first, second = written("shoe"), written("mug")
    second.title = first.title
    around = gate.Around.of("en")
    assert gate.passes_gate(gate.examine_version(second, around))
    around.take(first)
    assert not gate.passes_gate(gate.examine_version(second, around))
    newer = Version.objects.get(pk=first.pk)
    newer.title = "Another title for the shoe page that is long enough to pass"
    around.take(newer)
    assert gate.passes_gate(gate.examine_version(second, around))


@pytest.mark.parametrize(
    "other", ["Mug PHOTOS", "photos of a mug", "photos for your mug online", "múg-photos"]
)
def test_a_wish_is_the_same_however_it_is_put(other):
    assert live_pages.normalize_phrase("mug photos") == live_pages.normalize_phrase(other)


def test_a_phrase_of_empty_words_only_is_still_one():
    assert live_pages.normalize_phrase("To the") != live_pages.normalize_phrase("Of a")


def test_what_a_page_said_before_is_free_again(written):
    first = written("shoe", live=True)
    around = live_pages.Around.of("en")
    assert around.titles == {first.title.lower(): first.page_id}
    newer = Version.objects.get(pk=first.pk)
    newer.title = "Another title"
    around.take(newer)
    assert around.titles == {"another title": first.page_id}
    assert around.others(newer) == []
