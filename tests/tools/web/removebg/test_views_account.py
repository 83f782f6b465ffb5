"""Contract 1.9 and 1.10: account, improve, the envelope of errors (checks 103–113)."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from billing.credits import grants
from billing.models import Source
from tools.models import Improvement
from tools.photos import retention
from tools.storage import files

REMOVE, ACCOUNT, IMPROVE = "/v1.0/removebg", "/v1.0/account", "/v1.0/improve"


@pytest.fixture
def balance(secret):
    def balance(**headers):
        answer = Client().get(ACCOUNT, headers={"X-Api-Key": secret, **headers})
        assert answer.status_code == 200
        return answer.json()["data"]["attributes"]

    return balance


def test_103_the_account_says_its_credits(balance, account, settings):
    settings.BILLING_LIMITS = {"free_previews_a_month": 50}
    grants.grant_credits(account, 40, Source.SUBSCRIPTION, "plan")
    said = balance()
    assert said["credits"] == {"total": 140, "subscription": 40, "payg": 100, "enterprise": 0}
    assert said["api"] == {"free_calls": 50, "sizes": "all"}


def test_104_there_is_no_other_member(balance):
    said = balance()
    assert set(said) == {"credits", "api"}
    assert set(said["credits"]) == {"total", "subscription", "payg", "enterprise"}
    assert set(said["api"]) == {"free_calls", "sizes"}


def test_105_a_content_type_without_a_body_does_not_matter(secret):
    headers = {"X-Api-Key": secret, "Content-Type": "application/json"}
    assert Client().get(ACCOUNT, headers=headers).status_code == 200


def test_106_the_balance_follows_a_call(balance, call, person):
    call(image_file=person, size="full")
    assert balance()["credits"]["total"] == 99
    call(image_file=person)
    assert balance()["credits"]["total"] == 98.75


def test_107_a_report_gets_an_id(call, person):
    answer = call(IMPROVE, image_file=person, image_filename="a.jpg", tag="hair")
    assert answer.status == 200
    assert list(answer.json) == ["id"]
    assert uuid.UUID(answer.json["id"])
    # Nobody said that it may be kept.
    assert not Improvement.objects.exists()


def test_107_a_report_is_kept_by_consent_and_for_a_while(call, person, monkeypatch):
    answer = call(IMPROVE, image_file=person, tag="hair", consent="true")
    kept = Improvement.objects.get(pk=answer.json["id"])
    assert kept.tag == "hair"
    assert files.read_file(kept.file) == person
    later = timezone.now() + retention.IMPROVEMENT_KEPT
    monkeypatch.setattr(retention.timezone, "now", lambda: later)
    retention.delete_expired()
    assert not Improvement.objects.exists()
    assert not default_storage.exists(kept.file)


def test_108_every_refusal_is_json_also_when_a_picture_was_wanted(call, person):
    image = {"Accept": "image/png"}
    refused = [call(http=image), call(image_file=person, size="huge", http=image)]
    refused += [call(http={**image, "X-Api-Key": "wrong"}), call("/v1.0/nowhere", http=image)]
    assert [answer.status for answer in refused] == [400, 400, 403, 404]
    for answer in refused:
        assert answer.headers["Content-Type"].startswith("application/json")
        assert answer.json["errors"]


def test_109_110_an_errors_members_are_text(call, person):
    for answer in (call(), call(image_file=b"GIF"), call(image_file=person, size="huge")):
        (error,) = answer.json["errors"]
        assert error["title"]
        assert all(type(value) is str for value in error.values())


def test_111_trouble_of_ours_has_the_envelope_too(call, person, monkeypatch, account):
    def breaks(*_, **__):
        raise OSError("the disk is on fire")

    monkeypatch.setattr("tools.rendering.call_files.pack_file", breaks)
    answer = call(image_file=person, size="full", tag="breaks")
    assert (answer.status, answer.code) == (500, "internal_error")
    account.refresh_from_db()
    assert (account.available, account.held) == (100, 0)


def test_112_what_succeeds_is_200_exactly(answer_to, call, person, balance):
    assert balance()
    assert answer_to().status == 200
    assert call(IMPROVE, image_file=person).status == 200


def test_113_the_addresses_answer_in_place(call, secret, person):
    for path in (REMOVE, ACCOUNT, IMPROVE):
        for method in ("get", "post"):
            answer = getattr(Client(), method)(path, headers={"X-Api-Key": secret})
            assert answer.status_code in {200, 400, 405}
            assert "Location" not in answer
