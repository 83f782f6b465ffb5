"""Jobs whose workers are lost end after three tries, and stand in the operator's list."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from tools.attempts import lifecycle
from tools.credentials import checks
from tools.exports import zips
from tools.models import Archive, Attempt, Check, DeadLetter, Export, Job
from tools.queue import leases
from tools.workers import cpu, reaper

NOBODY = "elsewhere:1:0"


@pytest.fixture
def lost(photo, as_file, mug):
    """A job of each kind in a queue."""
    attempt = lifecycle.start_attempt(photo, "remove-background", {})
    cpu.work_once()
    Attempt.objects.filter(pk=attempt.pk).update(favourite=True)
    archive = zips.start_zip(photo, {"format": "png"})
    cpu.work_once()
    check = checks.start_check(ContentFile(as_file(mug)))
    return archive, check


def is_killed(job):
    """A worker claims it and dies."""
    rows = type(job).objects.filter(pk=job.pk)
    claimed = leases.claim_job(rows)
    assert claimed is not None
    rows.update(lease_until=timezone.now() - timedelta(seconds=1), owner=NOBODY)
    reaper.reap_lapsed()


def test_a_file_that_kills_its_worker_is_given_up_after_three(lost):
    for kind in (Check, Export):
        kind.objects.update(status=Job.Status.QUEUED, tries=0)
    Archive.objects.update(status=Job.Status.QUEUED, tries=0)
    for job in (Check.objects.get(), Export.objects.get(), Archive.objects.get()):
        for _ in range(leases.MOST_TRIES):
            is_killed(job)
        job.refresh_from_db()
        assert (job.status, job.error) == (Job.Status.FAILED, "worker-lost")
        kind = type(job).__name__.lower()
        letter = DeadLetter.objects.get(kind=kind, subject=job.pk)
        assert letter.tries == leases.MOST_TRIES


def test_what_nobody_foresaw_ends_in_words_and_in_the_operators_list(lost, monkeypatch):
    def break_down(*_):
        raise ZeroDivisionError

    check = lost[1]
    cpu.attend(leases.claim_job(Check.objects.all()), break_down)
    check.refresh_from_db()
    assert (check.status, check.error) == (Job.Status.FAILED, "step-failed")
    letter = DeadLetter.objects.get()
    assert (letter.kind, letter.subject) == ("check", check.pk)
    assert letter.cause.startswith("ZeroDivisionError in test_reaper.py")
