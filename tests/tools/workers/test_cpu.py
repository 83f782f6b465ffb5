from tools.attempts import lifecycle
from tools.models import Job
from tools.queue import leases
from tools.workers import cpu

TOOL = "remove-background"


def start(photo, **params):
    return lifecycle.start_attempt(photo, TOOL, params)


def test_a_message_that_comes_twice_computes_once(photo):
    attempt = start(photo)
    cpu.work_once()
    attempt.refresh_from_db()
    first = attempt.finished
    cpu.work_once()
    attempt.refresh_from_db()
    assert (attempt.finished, attempt.tries) == (first, 1)


def test_a_photo_that_nobody_has_read_is_read_by_its_attempt(upload):
    attempt = start(upload())
    cpu.work_once()
    attempt.refresh_from_db()
    assert attempt.status == Job.Status.DONE


def test_a_cancel_in_the_middle_stops_the_work(photo, monkeypatch):
    attempt = start(photo)
    real = leases.report_progress

    def report(job, step, share):
        if step == "refine":
            lifecycle.cancel_attempt(attempt)
        return real(job, step, share)

    monkeypatch.setattr(leases, "report_progress", report)
    cpu.work_once()
    attempt.refresh_from_db()
    assert (attempt.status, attempt.preview) == (Job.Status.CANCELLED, "")


def test_an_unforeseen_failure_ends_in_a_word(photo, monkeypatch):
    monkeypatch.setattr("tools.pipeline.matting.cutout.cut_out_subject", lambda *a: 1 / 0)
    attempt = start(photo)
    cpu.work_once()
    attempt.refresh_from_db()
    assert (attempt.status, attempt.error) == (Job.Status.FAILED, "step-failed")
