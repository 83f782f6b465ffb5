from datetime import timedelta

import pytest
from django.utils import timezone

from seo.models import Redirect
from seo.public import page_queries
from tools.models import Rating

pytestmark = pytest.mark.django_db


def slugs(found):
    return [version.page.slug for version in found]


def test_the_newest_version_whose_time_has_come_is_live(write):
    now = timezone.now()
    write(publish_at=now - timedelta(hours=2), h1="old")
    write(publish_at=now - timedelta(hours=1), h1="new")
    write(publish_at=now + timedelta(hours=1), h1="soon")
    assert page_queries.live("en", "cut-mugs").h1 == "new"
    assert [version.h1 for version in page_queries.list_live("en")] == ["new"]
    assert page_queries.live("de", "cut-mugs") is None


def test_a_mistyped_address_finds_what_it_is_like_and_nothing_for_short_words(write):
    write("remove-shadows")
    write("white-background")
    assert slugs(page_queries.near("en", "remove-shadow")) == ["remove-shadows"]
    assert page_queries.near("en", "a-b") == []


def test_neighbours_stand_in_a_ring_after_what_the_page_names(write):
    write("other", tool="enhance-photo")
    for slug in ("a", "b", "c"):
        write(slug)
    version = write("d", related=["other"])
    assert slugs(page_queries.beside(version)) == ["other", "a", "b", "c"]
    assert slugs(page_queries.beside(page_queries.live("en", "b"))) == ["c", "d", "a"]


def test_a_removed_page_is_gone_under_its_former_address_too(write):
    page = write("mugs").page
    Redirect.objects.create(locale="en", slug="cups", page=page)
    assert page_queries.moved("en", "cups") == "/mugs/"
    assert not page_queries.is_gone("en", "cups")
    page.removed = timezone.now()
    page.save()
    assert page_queries.moved("en", "cups") is None
    assert page_queries.is_gone("en", "cups")
    assert page_queries.is_gone("en", "mugs")


def test_a_tool_has_no_stars_before_the_first(visitor):
    assert page_queries.rating("remove-background") is None
    Rating.objects.create(visitor=visitor, tool="remove-background", stars=4)
    assert page_queries.rating("remove-background") == (4, 1)


def test_every_language_of_an_intent_is_an_alternate(write):
    page = write("mugs").page
    write("becher", "de", intent="mugs")
    write("tazas", "es", intent="mugs", publish_at=None)
    assert page_queries.alternates(page) == [("en", "/mugs/"), ("de", "/de/becher/")]
