import pytest

from tools.attempts import lifecycle
from tools.models import Attempt
from tools.pipeline.errors import CancelledError, NoSubjectError
from tools.queue import leases
from tools.rendering import progress
from tools.storage import files


@pytest.fixture
def job(photo):
    lifecycle.start_attempt(photo, "remove-background", {})
    return leases.claim_job(Attempt.objects.all())


def now(job):
    return Attempt.objects.get(pk=job.pk)


@pytest.mark.parametrize(
    ("error", "word"), [(NoSubjectError(), NoSubjectError.id), (ZeroDivisionError(), "step-failed")]
)
def test_whatever_is_raised_the_job_ends_in_a_word(job, error, word):
    with progress.ends_in_words(job):
        raise error
    assert (now(job).status, now(job).error) == ("failed", word)


def test_what_was_called_off_leaves_no_picture(job):
    files.write_file(files.attempt_preview_path(job.pk), b"")
    lifecycle.cancel_attempt(job)
    with progress.ends_in_words(job):
        progress.deliver(job)
    assert now(job).status == "cancelled"
    assert not files.file_exists(files.attempt_preview_path(job.pk))


def test_a_report_ends_work_that_nobody_wants(job):
    report = progress.Report(job)
    report("matte", 0.5)
    assert (now(job).step, now(job).share) == ("matte", 0.5)
    lifecycle.cancel_attempt(job)
    report.last = 0
    with pytest.raises(CancelledError):
        report("matte", 0.6)


def test_a_part_of_the_work_is_a_share_of_what_is_left(job):
    report = progress.Report(job)
    report.part(0.8)
    assert report.reached(0.5) == pytest.approx(0.4)
    report.part(0.5)
    assert report.reached(0) == pytest.approx(0.8)
    assert report.reached(1) == pytest.approx(0.9)


def test_pages_are_not_told_of_every_pixel(job, monkeypatch):
    told = []
    monkeypatch.setattr(leases, "report_progress", lambda *given: told.append(given[1:]) or True)
    report = progress.Report(job)
    for share in (0.1, 0.2, 0.3):
        report("matte", share)
    report("refine", 0.4)
    assert [step for step, _ in told] == ["matte", "refine"]
    report.be_brief()
    report("compose", 0.5)
    assert len(told) == 2


def test_a_result_is_delivered_once(job):
    progress.deliver(job, seconds=1.0)
    assert (now(job).status, now(job).seconds) == ("done", 1.0)
    with pytest.raises(CancelledError):
        progress.deliver(job, seconds=2.0)
    assert now(job).seconds == 1.0
