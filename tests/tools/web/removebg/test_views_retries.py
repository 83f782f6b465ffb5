"""What clients send twice, what takes too long, and what previews cost."""

import base64
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from django.db import connections
from django.test import Client

from billing.accounts import api_keys
from billing.credits import previews
from billing.models import ApiKey, Hold, Preview
from tests.tools.web.removebg.conftest import packed
from tools.models import Attempt, Call, Photo


def charged():
    return sum(Hold.objects.filter(state="captured").values_list("captured", flat=True))


def test_the_same_request_within_a_minute_is_one_job_and_one_charge(call, person):
    first, second = call(image_file=person, size="full"), call(image_file=person, size="full")
    assert (first.status, second.status, first.data) == (200, 200, second.data)
    assert (Attempt.objects.count(), Photo.objects.count(), charged()) == (1, 1, 1)
    assert second.headers["X-RateLimit-Remaining"] == "499"


def test_another_key_or_another_byte_is_another_job(call, person, account):
    call(image_file=person, size="full")
    call(image_file=person, size="full", crop="true")
    other = api_keys.issue_key(account, "Other")[1]
    call(image_file=person, size="full", http={"X-Api-Key": other})
    assert charged() == 3


def test_a_late_answer_is_429_and_its_result_is_the_retrys(
    call, person, worker, clock_of_calls, account
):
    worker.is_away = True
    late = call(image_file=person, size="full")
    assert (late.status, late.headers["Retry-After"]) == (429, "5")
    assert 17 < worker.passed < 20
    assert Hold.objects.get().state == "held"
    worker.is_away = False
    # Longer than a retry is known as one: what is owed is owed.
    clock_of_calls.passes(300)
    assert call(image_file=person, size="full").status == 200
    assert (Attempt.objects.count(), charged()) == (1, 1)
    # Once it was given, the same again is another.
    clock_of_calls.passes(300)
    assert call(image_file=person, size="full").status == 200
    assert (Attempt.objects.count(), charged()) == (2, 2)


def test_a_failed_call_is_tried_anew_by_its_retry(call, person, monkeypatch):
    def breaks(*_, **__):
        raise OSError("once")

    with monkeypatch.context() as patched:
        patched.setattr("tools.rendering.call_files.pack_file", breaks)
        assert call(image_file=person, size="full").status == 500
    assert call(image_file=person, size="full").status == 200
    assert charged() == 1


def test_four_previews_are_one_credit(call, person, account):
    said, left = [], []
    for number in range(8):
        said.append(call(image_file=person, tag=str(number), foo=str(number)).status)
        account.refresh_from_db()
        left.append(account.available)
    assert said == [200] * 8
    assert left == [100, 100, 100, 99, 99, 99, 99, 98]
    assert Preview.objects.count() == 8
    assert charged() == 2


def test_free_previews_come_first_and_are_a_months(call, person, account, settings):
    settings.BILLING_LIMITS = {"free_previews_a_month": 2}
    said = [call(image_file=person, foo=str(at)).headers["X-Credits-Charged"] for at in range(3)]
    assert said == ["0", "0", "0.25"]
    assert previews.count_free(account) == 0


def test_a_preview_that_failed_gives_its_number_back(call, account, person):
    for number in range(3):
        call(image_file=person, foo=str(number))
    plain = packed(np.full((120, 160, 3), 200, np.uint8), "PNG")
    assert call(image_file=plain).code == "unknown_foreground"
    account.refresh_from_db()
    assert (account.available, account.held) == (100, 0)
    assert Preview.objects.count() == 3
    call(image_file=person, foo="fourth")
    account.refresh_from_db()
    assert account.available == 99


@pytest.mark.django_db(transaction=True)
def test_the_same_request_at_once_is_one_job(account, secret, person, worker):
    """Both wait for a worker that is away: what they began is one."""
    worker.is_away = True

    def ask(_):
        try:
            file = {"image_file_b64": text}
            return Client().post("/v1.0/removebg", file, headers={"X-Api-Key": secret}).status_code
        finally:
            connections.close_all()

    text = base64.b64encode(person).decode()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == [429] * 4
    assert (Attempt.objects.count(), Call.objects.count(), Photo.objects.count()) == (1, 1, 1)


def test_a_sandbox_key_costs_nothing_and_marks_the_picture(call, answer_to, person, account):
    secret = api_keys.issue_key(account, "Try", sandbox=True)[1]
    marked = call(image_file=person, size="full", http={"X-Api-Key": secret})
    assert (marked.status, marked.headers["X-Credits-Charged"]) == (200, "0")
    assert not Hold.objects.exists()
    assert not Preview.objects.exists()
    plain = answer_to(size="full").pixels
    assert marked.size == (plain.shape[1], plain.shape[0])
    # Seen where it is clear, and on the product.
    assert (marked.pixels[..., 3][plain[..., 3] == 0] > 0).mean() > 0.02
    product = plain[..., 3] == 255
    assert (marked.pixels[product] != plain[product]).any(axis=1).mean() > 0.02


def test_a_key_without_the_scope_is_refused(call, person, account):
    secret = api_keys.issue_key(account, "Read", scopes=["account"])[1]
    answer = call(image_file=person, http={"X-Api-Key": secret})
    assert (answer.status, answer.code) == (403, "auth_failed")
    assert Client().get("/v1.0/account", headers={"X-Api-Key": secret}).status_code == 200


def test_a_keys_cap_a_month_is_402(call, person, account):
    key, secret = api_keys.issue_key(account, "Capped", monthly_cap=1)
    http = {"X-Api-Key": secret}
    assert call(image_file=person, size="full", http=http).status == 200
    again = call(image_file=person, size="full", foo="x", http=http)
    assert (again.status, again.code) == (402, "insufficient_credits")
    # What came to nothing has left no picture behind.
    assert Photo.objects.count() == 1
    assert ApiKey.objects.get(pk=key.pk).used is not None
