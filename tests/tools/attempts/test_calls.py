from datetime import timedelta

import pytest
from django.utils import timezone

from billing.accounts import api_keys, payers
from billing.credits import grants
from billing.errors import OutOfCreditsError
from billing.models import Account, Source
from tools.attempts import calls
from tools.models import Attempt, Call


@pytest.fixture
def key(visitor):
    account = payers.account_of_visitor(visitor)
    return api_keys.issue_key(account, "Shop")[0]


@pytest.fixture
def rich(key):
    grants.grant_credits(key.account, 5, Source.ADJUST, "test:calls")
    return key


def ordered(fingerprint="a", *, is_preview=False):
    return calls.Ordered(options={"format": "png"}, is_preview=is_preview, fingerprint=fingerprint)


def held(key):
    return Account.objects.get(pk=key.account_id).held


def test_the_same_request_again_is_one_job_and_one_charge(rich, photo):
    first = calls.start_call(rich, photo, ordered())
    assert calls.start_call(rich, photo, ordered()) == first
    assert calls.start_call(rich, photo, ordered("b")) != first
    assert (Attempt.objects.count(), held(rich)) == (2, 2)
    assert first.charge == calls.WHOLE


def test_a_request_is_the_same_until_its_answer_is_a_while_ago(rich, photo):
    call = calls.start_call(rich, photo, ordered())
    long_ago = timezone.now() - 2 * calls.RETRIED
    Call.objects.update(created=long_ago)
    assert calls.find_call(rich, "a") == call
    Call.objects.update(answered=long_ago)
    assert calls.find_call(rich, "a") is None
    calls.mark_answered(call)
    assert Call.objects.get().answered == long_ago


def test_what_failed_is_begun_anew(rich, photo):
    calls.start_call(rich, photo, ordered())
    Attempt.objects.update(status="failed")
    assert calls.find_call(rich, "a") is None


def test_without_credits_nothing_is_queued(key, photo):
    with pytest.raises(OutOfCreditsError):
        calls.start_call(key, photo, ordered())
    assert not Attempt.objects.exists()
    assert not Call.objects.exists()


def test_a_key_to_try_with_costs_nothing_and_its_files_are_marked(key, photo):
    type(key).objects.update(sandbox=True)
    key.refresh_from_db()
    call = calls.start_call(key, photo, ordered())
    assert (call.charge, call.options["mark"], held(key)) == (calls.NOTHING, True, 0)


def test_a_window_for_retries_is_not_for_ever():
    assert timedelta(0) < calls.RETRIED < timedelta(minutes=10)
