from datetime import timedelta

import pytest
from django.utils import timezone

from seo.desk.checks import gate
from seo.desk.editing import versions
from seo.models import KeywordPage, Version
from seo.public import page_queries

pytestmark = pytest.mark.django_db


def test_what_is_live_is_never_written_over(written):
    live = written("mug", live=True)
    draft = versions.write_draft(live.page, {"title": "Another"}, "Mark")
    assert draft.pk != live.pk
    assert draft.h1 == live.h1
    assert Version.objects.get(pk=live.pk).title == live.title
    assert versions.write_draft(live.page, {"title": "A third"}, "Mark").pk == draft.pk


def test_changed_words_have_no_review_and_the_same_words_keep_theirs(written):
    draft = written("mug")
    assert versions.write_draft(draft.page, {"title": draft.title}, "Mark").reviewer == "Lena"
    assert versions.write_draft(draft.page, {"title": "Another"}, "Mark").reviewer == ""


def test_two_of_one_name_review_each_other_and_nobody_themselves(written, marketer, lead):
    draft = written("mug", reviewer="", author="Sam", written_by=marketer)
    assert not versions.review_draft(draft, "Sam", marketer.pk)
    assert versions.review_draft(draft, "Sam", lead.pk)
    draft.refresh_from_db()
    assert gate.passes_gate(versions.publish_version(draft))


def test_nobody_reviews_their_own_words(written):
    draft = written("mug", reviewer="")
    assert not versions.review_draft(draft, "Mark")
    assert versions.review_draft(draft, "Lena")
    assert Version.objects.get(pk=draft.pk).reviewer == "Lena"


def test_a_draft_goes_live_through_the_gate_only(written):
    draft = written("mug", reviewer="")
    assert not gate.passes_gate(versions.publish_version(draft))
    assert page_queries.live("en", draft.page.slug) is None
    versions.review_draft(draft, "Lena")
    draft.refresh_from_db()
    assert gate.passes_gate(versions.publish_version(draft))
    assert page_queries.live("en", draft.page.slug) == draft


def test_a_scheduled_version_waits_and_can_be_held(written):
    draft = written("mug")
    versions.publish_version(draft, at=timezone.now() + timedelta(hours=1))
    assert versions.version_state(draft, None) == "scheduled"
    assert page_queries.live("en", draft.page.slug) is None
    assert versions.withhold_version(draft)
    assert versions.find_draft(draft.page) == draft


def test_what_was_changed_since_it_was_read_is_not_published(written):
    draft = written("mug")
    versions.write_draft(draft.page, {"title": "Quite another title, by somebody else"}, "Mark")
    with pytest.raises(versions.ChangedMeanwhileError):
        versions.publish_version(draft)


def test_going_back_is_a_new_version_with_the_old_words(written):
    old = written("mug", live=True, publish_at=timezone.now() - timedelta(days=2))
    newer = versions.write_draft(old.page, {"h1": "Cut out a mug"}, "Mark")
    versions.review_draft(newer, "Lena")
    newer.refresh_from_db()
    versions.publish_version(newer)
    back = versions.roll_back(old, "Zoe")
    assert gate.passes_gate(versions.publish_version(back))
    live = page_queries.live("en", old.page.slug)
    assert live.pk == back.pk
    assert live.h1 == old.h1
    assert old.page.versions.count() == 3


def test_a_translation_has_what_needs_none_and_says_what_is_missing(written):
    preset = {"softness": 0.5}
    source = written("mug", live=True, preset=preset, limits=["Glass is hard."])
    twin = versions.translate_page(source.page, "zh-hans", "Mark")
    draft = versions.find_draft(twin)
    assert (draft.preset, draft.samples) == (preset, source.samples)
    told = versions.list_missing(draft, versions.find_translation_source(twin))
    assert {"title", "heading", "description", "3 of 3 steps", "1 of 1 sections"} <= set(told)
    assert versions.translate_page(source.page, "zh-hans", "Mark") == twin
    assert KeywordPage.objects.count() == 2
