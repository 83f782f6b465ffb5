from datetime import timedelta

import pytest
from django.utils import timezone

from seo.models import Version
from seo.public import page_queries

pytestmark = pytest.mark.django_db


def test_a_title_and_a_description_are_one_pages(blocking, written):
    live = written("shoe", live=True)
    version = written("mug", title=live.title.upper(), description=live.description)
    assert {"title-own", "description-own"} <= blocking(version)


def test_a_near_twin_of_a_live_page_is_held_back_and_says_of_which(findings, written):
    live = written("shoe", live=True)
    said = {name: getattr(live, name) for name in ("h1", "lead", "steps", "sections")}
    found = findings(written("mug", **said))["twin"]
    assert found.blocks
    assert live.page.get_absolute_url() in found.reason


def test_a_twin_that_is_not_live_yet_or_in_another_language_does_no_harm(blocking, written):
    live = written("shoe", publish_at=timezone.now() + timedelta(days=1))
    said = {name: getattr(live, name) for name in ("h1", "lead", "steps", "sections")}
    assert "twin" not in blocking(written("mug", **said))


def test_a_new_version_of_a_page_is_not_its_own_twin(blocking, written):
    live = written("mug", live=True)
    copy = Version.objects.get(pk=live.pk)
    copy.pk, copy.publish_at = None, None
    assert blocking(copy) == set()


def test_a_synonym_that_another_intent_has_is_held_back(blocking, written):
    taken = written("shoe").page.intent
    taken.synonyms = ["Photo of a boot"]
    taken.save()
    version = written("mug")
    version.page.intent.synonyms = ["boot photo"]
    assert "intent" in blocking(version)


def test_a_page_that_no_sibling_links_to_is_held_back(blocking, written):
    sibling = written("shoe", live=True)
    sibling.page.intent.tool, sibling.page.intent.hub = "enhance-photo", "category"
    sibling.page.intent.save()
    assert "linked" in blocking(written("mug"))


def test_a_link_that_the_gate_counts_on_is_there_once_the_page_is_live(findings, written):
    bags = [f"bag-{number}-photos" for number in range(6)]
    crowded = written("shoe", live=True, related=bags)
    for number in range(6):
        written(f"bag-{number}", live=True)
    # The shoe's page has no room, so the last bag's is the nearest that has.
    version = written("mug")
    assert "/bag-5-photos/" in findings(version)["linked"].reason
    version.publish_at = timezone.now()
    version.save()
    linking = [
        one.page.slug for one in page_queries.list_live("en") if version in page_queries.beside(one)
    ]
    assert linking == bags
    assert version not in page_queries.beside(crowded)
