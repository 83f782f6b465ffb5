"""Quotes: what the button says, and what is paid in the end."""

import uuid

import pytest
from django.utils import timezone

from tools.attempts import lifecycle
from tools.definition import registry
from tools.models import Attempt, Photo, StepDuration
from tools.pricing import charges, quotes
from tools.workers import cpu

TOOL = registry.get_tool("remove-background")
AGAIN = {"softness": 0.5}


def quote(photo, tool=TOOL, params=None, before=()):
    return quotes.quote_attempt(tool, photo, params or {}, {}, before)


@pytest.fixture
def done(photo):
    attempt = lifecycle.start_attempt(photo, TOOL.slug, {})
    cpu.work_once()
    attempt.refresh_from_db()
    return attempt


def test_what_is_there_already_is_neither_expected_nor_paid_again(photo, done, monkeypatch):
    monkeypatch.setattr(quotes, "LEAST_SECONDS", 0)
    StepDuration.objects.all().delete()
    fresh = Photo.objects.get(pk=photo.pk)
    fresh.pk, fresh.digest = uuid.uuid4(), "another"
    fresh.save(force_insert=True)
    assert quote(photo, params=AGAIN).credits < quote(fresh, params=AGAIN).credits
    assert quote(photo, params=AGAIN).seconds < quote(fresh, params=AGAIN).seconds
    assert quote(photo).seconds == 0


def test_a_step_of_what_it_goes_on_from_is_not_paid_again(photo, done, monkeypatch):
    monkeypatch.setattr(quotes, "LEAST_SECONDS", 0)
    StepDuration.objects.all().delete()
    enhance = registry.get_tool("enhance-photo")
    bare = quote(photo, enhance)
    assert quote(photo, enhance, before=[done.recipe()]).credits == bare.credits
    unpaid = {**done.recipe(), "params": {**done.params, "softness": 0.9}}
    assert quote(photo, enhance, before=[unpaid]).seconds > bare.seconds
    steps = quotes.known(photo, charges.list_paid_attempts(photo))
    assert len(steps) > 3


def test_a_quote_says_the_size_of_the_full_result(photo):
    found = quote(photo, registry.get_tool("enhance-photo"), {"size": "2"})
    assert (found.width, found.height) == (2 * photo.width, 2 * photo.height)
    words = quotes.quote_words(found)
    assert f"{found.width} × {found.height}" in words["words"]


def test_nobody_pays_twice_for_what_two_attempts_made_at_once(photo):
    lifecycle.start_attempt(photo, TOOL.slug, {"softness": 0.1})
    second = lifecycle.start_attempt(photo, TOOL.slug, {"softness": 0.2})
    Attempt.objects.update(price=1)
    second.refresh_from_db()
    assert quotes.final_price(second)[0] == 1
    first = Attempt.objects.exclude(pk=second.pk)
    first.update(status="done", preview="x", finished=timezone.now())
    assert quotes.final_price(Attempt.objects.get(pk=second.pk))[0] == 0


def test_a_photo_that_nobody_has_read_gives_a_device_nothing_to_begin_with(photo):
    photo.state = Photo.State.RECEIVED
    assert quotes.first_lot(photo, [], {}) == ""
