from django.utils import timezone

from tools import tasks
from tools.attempts import lifecycle
from tools.models import Attempt, Job, Photo
from tools.queue import leases
from tools.workers import reaper

TOOL = "remove-background"


def start(photo, **params):
    return lifecycle.start_attempt(photo, TOOL, params)


def test_a_lapsed_attempt_is_run_again_and_at_last_given_up(photo):
    attempt = start(photo)
    rows = Attempt.objects.filter(pk=attempt.pk)
    for number in range(leases.MOST_TRIES):
        rows.update(status="queued")
        assert leases.claim_job(Attempt.objects.all())
        rows.update(owner=f"elsewhere:{number}:1", lease_until=attempt.created)
        reaper.reap_lapsed()
    attempt.refresh_from_db()
    assert (attempt.status, attempt.error) == (Job.Status.FAILED, "worker-lost")


def test_who_takes_a_job_sees_first_whose_worker_is_lost(photo, monkeypatch):
    attempt = start(photo)
    leases.claim_job(Attempt.objects.all())
    Attempt.objects.update(owner="elsewhere:1:1", lease_until=attempt.created)
    # No word of the timetable's: it may be behind a long queue.
    monkeypatch.setattr(tasks, "rounds", reaper.Rounds())
    tasks.work()
    attempt.refresh_from_db()
    assert (attempt.status, attempt.tries) == (Job.Status.DONE, 2)


def test_what_nobody_was_told_of_is_rung_for_after_a_while(photo, upload):
    start(photo)
    assert (reaper.count_waiting(), reaper.list_unread()) == (0, [])
    late = timezone.now() - 3 * reaper.PATIENCE
    Attempt.objects.update(changed=late)
    assert reaper.reap_lapsed() == 1
    unread = upload()
    Photo.objects.filter(pk=unread.pk).update(created=late)
    assert reaper.list_unread() == [str(unread.pk)]


def test_rounds_are_made_now_and_then_only(monkeypatch):
    made = []
    monkeypatch.setattr(reaper, "reap_lapsed", lambda: made.append(1))
    rounds = reaper.Rounds()
    rounds.make()
    rounds.make()
    assert len(made) == 1
    rounds.next = 0
    rounds.make()
    assert len(made) == 2
