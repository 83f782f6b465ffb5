from datetime import timedelta

import pytest
from django.utils import timezone

from seo.desk.checks import gate
from seo.desk.models import SourceLink
from seo.models import Version
from seo.public import page_queries

pytestmark = pytest.mark.django_db


def findings(version):
    return {
        one.id: one for one in gate.examine_version(version, gate.Around.of(version.page.locale))
    }


def blocking(version):
    return {name for name, one in findings(version).items() if one.blocks}


def test_a_page_with_everything_passes(written):
    assert blocking(written("mug")) == set()


def test_every_demand_that_is_not_met_says_why_and_what_to_do(written):
    version = Version(page=written("mug").page, reviewer="", author="Mark", title="", h1="")
    version.lead = version.description = ""
    unmet = [one for one in gate.examine_version(version, gate.Around.of("en")) if not one.met]
    assert {"words", "title-width", "description-width", "samples", "review"} <= {
        o.id for o in unmet
    }
    assert all(one.name and one.reason and one.mend for one in unmet)


@pytest.mark.parametrize(
    ("changed", "demand"),
    [
        ({"title": "W" * 60}, "title-width"),
        ({"description": "Too short."}, "description-width"),
        ({"preset": {"softness": "very"}}, "preset"),
        ({"preset": {"no-such": 1}}, "preset"),
        ({"engines": {"matte": "no-such"}}, "preset"),
        ({"samples": []}, "samples"),
        ({"samples": ["no-such-photo"]}, "samples"),
        ({"examples": [{"name": "no-such", "alt": "A mug"}]}, "examples"),
        ({"facts": [{"text": "White is asked for.", "source": "", "date": ""}]}, "facts"),
        ({"related": ["no-such-intent"]}, "linked"),
        ({"reviewer": ""}, "review"),
        ({"reviewer": "Mark"}, "review"),
        ({"sections": [], "questions": []}, "words"),
        ({"questions": [{"question": "How?", "answer": ""}]}, "words"),
    ],
)
def test_what_is_wrong_is_held_back(written, changed, demand):
    assert demand in blocking(written("mug", **changed))


def test_words_in_another_language_are_held_back(written):
    text = "Lade das Foto hoch und lass es mit einem Klick freistellen, die Kanten sind weich."
    assert "language" in blocking(written("mug", sections=[{"title": text, "text": text * 3}]))
    assert "language" in blocking(written("shoe", locale="zh-hans"))


def test_a_title_and_a_description_are_one_pages(written):
    live = written("shoe", live=True)
    version = written("mug", title=live.title.upper(), description=live.description)
    assert {"title-own", "description-own"} <= blocking(version)


def test_a_near_twin_of_a_live_page_is_held_back_and_says_of_which(written):
    live = written("shoe", live=True)
    said = {name: getattr(live, name) for name in ("h1", "lead", "steps", "sections")}
    found = findings(written("mug", **said))["twin"]
    assert found.blocks
    assert live.page.get_absolute_url() in found.reason


def test_a_twin_that_is_not_live_yet_or_in_another_language_does_no_harm(written):
    live = written("shoe", publish_at=timezone.now() + timedelta(days=1))
    said = {name: getattr(live, name) for name in ("h1", "lead", "steps", "sections")}
    assert "twin" not in blocking(written("mug", **said))


def test_a_new_version_of_a_page_is_not_its_own_twin(written):
    live = written("mug", live=True)
    copy = Version.objects.get(pk=live.pk)
    copy.pk, copy.publish_at = None, None
    assert blocking(copy) == set()


def test_a_synonym_that_another_intent_has_is_held_back(written):
    taken = written("shoe").page.intent
    taken.synonyms = ["Photo of a boot"]
    taken.save()
    version = written("mug")
    version.page.intent.synonyms = ["boot photo"]
    assert "intent" in blocking(version)


def test_a_page_that_no_sibling_links_to_is_held_back(written):
    sibling = written("shoe", live=True)
    sibling.page.intent.tool, sibling.page.intent.hub = "enhance-photo", "category"
    sibling.page.intent.save()
    assert "linked" in blocking(written("mug"))


def test_a_link_that_the_gate_counts_on_is_there_once_the_page_is_live(written):
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


def test_a_source_that_does_not_answer_is_held_back(written):
    fact = {
        "text": "White is asked for.",
        "source": "https://a.example/rules",
        "date": "2026-11-01",
    }
    version = written("mug", facts=[fact])
    assert "links" not in blocking(version)
    SourceLink.objects.create(address=fact["source"], trouble="unreachable", checked=timezone.now())
    assert "links" in blocking(version)


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
