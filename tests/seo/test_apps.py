import pytest

from seo.models import Redirect, Variant
from seo.page_cache.edition import Edition

pytestmark = pytest.mark.django_db


def stamp():
    return Edition.objects.values_list("stamp", flat=True).get()


def test_whatever_a_page_shows_turns_the_edition_and_nothing_else_does(write, visitor):
    page = write().page
    seen = {stamp()}
    Redirect.objects.create(locale="en", slug="old", page=page)
    seen.add(stamp())
    variant = Variant.objects.create(page=page, button="Go")
    seen.add(stamp())
    variant.delete()
    seen.add(stamp())
    assert len(seen) == 4
    visitor.save()
    assert stamp() in seen
