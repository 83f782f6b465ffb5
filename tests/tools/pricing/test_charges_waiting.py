"""A hold covers the waiting in every queue, however often and long an attempt waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from billing.credits import holds
from billing.models import Hold
from tools.models import Attempt
from tools.pricing import charges
from tools.queue import leases
from tools.rendering import handoff
from tools.workers import reaper

HOUR = timedelta(hours=1)


@pytest.fixture
def claimed(browser, photo):
    """An attempt that a worker has, and whose credits it has extended."""
    browser.post("/attempts/", {"tool": "remove-background", "photo": str(photo.pk)})
    attempt = leases.claim_job(Attempt.objects.all())
    charges.extend_credits(attempt)
    return attempt


def left():
    return Hold.objects.get().lease_until - timezone.now()


def nearly_over():
    Hold.objects.update(lease_until=timezone.now() + timedelta(minutes=1))


def test_a_worker_that_begins_does_not_shorten_what_is_held(claimed):
    assert left() > 5 * HOUR


def test_a_job_that_is_passed_on_waits_for_the_device_with_its_credits(claimed):
    nearly_over()
    assert handoff.pass_on_job(claimed, "lot", seconds=1, values={})
    assert left() > 5 * HOUR


def test_a_job_that_a_lost_worker_had_waits_with_its_credits(claimed):
    nearly_over()
    Attempt.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    reaper.reap_lapsed()
    assert Attempt.objects.get().status == "queued"
    assert left() > 5 * HOUR


def test_a_queue_longer_than_the_hold_lapses_nothing(claimed):
    leases.give_back(claimed)
    nearly_over()
    reaper.reap_lapsed()
    assert left() > 5 * HOUR
    holds.sweep_holds(timezone.now() + HOUR)
    assert Hold.objects.get().state == "held"


def test_what_is_settled_is_not_held_again(claimed):
    holds.release_hold(str(claimed.pk), "cancelled")
    assert charges.extend_all_waiting() == 0
