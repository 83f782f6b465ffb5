from datetime import timedelta

from django.utils import timezone

from billing.accounts import payers
from billing.credits import grants
from billing.models import Source
from tools.attempts import lifecycle
from tools.models import Attempt
from tools.pricing import charges
from tools.queue import leases

TOOL = "remove-background"


def start(photo, **params):
    return lifecycle.start_attempt(photo, TOOL, params)


def test_a_worker_that_lost_its_lease_writes_nothing(photo):
    start(photo)
    mine = leases.claim_job(Attempt.objects.all())
    Attempt.objects.filter(pk=mine.pk).update(owner="elsewhere:1:1")
    assert not leases.finish_job(mine)
    assert not leases.report_progress(mine, "refine", 0.5)


def test_who_has_bought_credits_goes_before_who_has_not(photo):
    account = payers.account_of_visitor(photo.visitor)
    grants.grant_credits(account, 100, Source.FREE, "free")
    free = lifecycle.start_attempt(photo, TOOL, {}, payer=charges.Payer(account))
    grants.grant_credits(account, 100, Source.PURCHASE, "bought")
    paid = lifecycle.start_attempt(photo, TOOL, {"softness": 0.5}, payer=charges.Payer(account))
    assert (free.tier, paid.tier) == (charges.FREE, charges.PAID)
    assert leases.claim_job(Attempt.objects.all()).pk == paid.pk


def test_who_has_waited_long_has_a_turn_now_and_then(photo):
    free = lifecycle.start_attempt(photo, TOOL, {})
    long_ago = timezone.now() - timedelta(minutes=5)
    Attempt.objects.filter(pk=free.pk).update(created=long_ago)
    for number in range(leases.TURNS):
        paid = lifecycle.start_attempt(photo, TOOL, {"softness": number / 10})
        Attempt.objects.filter(pk=paid.pk).update(tier=charges.PAID)
    claimed = [leases.claim_job(Attempt.objects.all()).pk for _ in range(leases.TURNS)]
    assert free.pk in claimed


def test_a_lapsed_lease_is_seen_and_a_dead_owner_before_it(photo, monkeypatch):
    start(photo)
    job = leases.claim_job(Attempt.objects.all())
    assert not leases.list_lapsed(Attempt.objects.all())
    monkeypatch.setattr(leases.process_ids, "is_gone", lambda owner: owner == job.owner)
    assert list(leases.list_lapsed(Attempt.objects.all())) == [job]
    monkeypatch.undo()
    Attempt.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert list(leases.list_lapsed(Attempt.objects.all())) == [job]
    assert leases.held_rows(job).exists()


def test_a_job_that_is_given_back_was_never_tried(photo):
    start(photo)
    job = leases.claim_job(Attempt.objects.all())
    assert leases.claim_job(Attempt.objects.all()) is None
    assert leases.give_back(job)
    assert not leases.give_back(job)
    again = leases.claim_job(Attempt.objects.all())
    assert (again.pk, again.tries) == (job.pk, 1)


def test_what_has_ended_does_not_end_again(photo):
    start(photo)
    job = leases.claim_job(Attempt.objects.all())
    assert leases.finish_job(job)
    assert not leases.fail_job(job, "step-failed")
    assert not leases.cancel_jobs(Attempt.objects.filter(pk=job.pk))
    assert not leases.report_progress(job, "matte", 0.5)
    assert Attempt.objects.get().status == "done"


def test_the_place_in_the_queue_counts_who_goes_before(photo):
    first, second = start(photo, softness=0.1), start(photo, softness=0.2)
    assert leases.count_ahead([first, second]) == {first.pk: 0, second.pk: 1}
    Attempt.objects.filter(pk=second.pk).update(tier=0)
    second.refresh_from_db()
    assert leases.count_ahead([first, second]) == {first.pk: 1, second.pk: 0}
