from datetime import timedelta

import pytest
from django.utils import timezone

from billing import emails, tasks
from seo.desk.editing import scheduled as due
from seo.desk.editing import versions
from seo.desk.models import ScheduledCheck, SourceLink
from seo.models import Version
from seo.public import page_queries

pytestmark = pytest.mark.django_db
SOURCE = "https://a.example/rules"


@pytest.fixture
def scheduled(written, marketer):
    """A version that passed the gate and goes live in an hour."""

    def scheduled(topic="mug", **words):
        version = written(topic, **words)
        versions.publish_version(version, at=timezone.now() + timedelta(hours=1), by=marketer)
        return version

    return scheduled


@pytest.fixture
def later(monkeypatch):
    def later(**span):
        moment = timezone.now() + timedelta(**span)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return later


def break_source():
    SourceLink.objects.update_or_create(
        address=SOURCE, defaults={"trouble": "unreachable", "checked": timezone.now()}
    )


@pytest.fixture
def sourced(scheduled):
    fact = {"text": "White is asked for.", "source": SOURCE, "date": "2026-11-01"}
    return scheduled(facts=[fact])


def test_what_still_passes_goes_live_at_its_time_whether_anybody_looks_or_not(scheduled, later):
    looked_at, alone = scheduled("mug"), scheduled("shoe")
    later(minutes=59)
    assert due.hold_back_failing() == 0
    assert page_queries.live("en", looked_at.page.slug) is None
    ScheduledCheck.objects.filter(version=alone).delete()
    later(minutes=1)
    assert page_queries.live("en", looked_at.page.slug) == looked_at
    assert page_queries.live("en", alone.page.slug) == alone


def test_what_does_not_pass_any_more_stays_a_draft_and_its_marketer_is_told(
    sourced, later, desk, mailoutbox, monkeypatch
):
    monkeypatch.setattr(emails, "send_on_commit", lambda task, *args: tasks.deliver_email(*args))
    break_source()
    assert due.hold_back_failing() == 0  # its time is far
    later(minutes=58)
    assert due.hold_back_failing() == 1
    later(minutes=10)
    assert page_queries.live("en", sourced.page.slug) is None
    assert versions.find_draft(sourced.page) == sourced
    [letter] = mailoutbox
    assert letter.to == ["mark@example.com"]
    assert sourced.page.get_absolute_url() in letter.subject
    assert SOURCE in letter.body
    said = desk.get("/admin/seo/keywordpage/").content.decode()
    assert "did not go live at its time" in said
    assert SOURCE in said


def test_what_was_mended_and_published_is_spoken_of_no_more(sourced, later):
    break_source()
    later(minutes=59)
    due.hold_back_failing()
    [held] = due.held_back()
    SourceLink.objects.all().delete()
    versions.publish_version(Version.objects.get(pk=held.version_id))
    assert list(due.held_back()) == []
    assert page_queries.live("en", sourced.page.slug) == sourced


def test_what_came_while_no_timetable_ran_is_looked_at_as_soon_as_one_does(sourced, later):
    break_source()
    later(hours=3)
    assert page_queries.live("en", sourced.page.slug) == sourced
    assert due.hold_back_failing() == 1
    assert page_queries.live("en", sourced.page.slug) is None


def test_of_two_that_say_the_same_and_come_due_together_one_goes_live(scheduled, later):
    first, second = scheduled("mug"), scheduled("shoe")
    Version.objects.filter(pk=second.pk).update(title=first.title)
    later(minutes=59)
    assert due.hold_back_failing() == 1
    assert [one.version for one in due.held_back()] == [second]


def test_what_is_live_already_is_looked_at_once(scheduled, later, django_assert_num_queries):
    scheduled()
    later(minutes=59)
    due.hold_back_failing()
    with django_assert_num_queries(1):
        assert due.hold_back_failing() == 0


def test_what_was_taken_back_is_not_waited_for(scheduled):
    version = scheduled()
    assert versions.withhold_version(version)
    assert not ScheduledCheck.objects.exists()


def test_a_time_that_has_passed_is_now(written):
    before = written("mug", live=True)
    draft = versions.write_draft(before.page, {"title": before.title + " today"}, "Mark")
    versions.review_draft(draft, "Lena")
    draft.refresh_from_db()
    versions.publish_version(draft, at=timezone.now() - timedelta(days=9))
    assert page_queries.live("en", before.page.slug) == draft
