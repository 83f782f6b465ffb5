from billing.accounts import payers
from billing.credits import grants, holds
from billing.models import Source
from tools.analytics import attempt_counts
from tools.attempts import lifecycle
from tools.models import AttemptCount
from tools.photos import retention
from tools.pricing import charges
from tools.workers import cpu

TOOL = "remove-background"
ENGINES = "matte embedded"


def counts(**of):
    row = AttemptCount.objects.get(**of)
    return {name: getattr(row, name) for name in attempt_counts.COUNTED if getattr(row, name)}


def test_what_was_delivered_at_the_first_try_is_counted(photo):
    lifecycle.start_attempt(photo, TOOL, {}, page="/remove-background/")
    cpu.work_once()
    found = counts(page="/remove-background/", tool=TOOL, engines=ENGINES)
    assert found == {"delivered": 1, "firsts": 1, "firsts_delivered": 1}


def test_a_failure_counts_and_the_try_after_it_is_no_first(photo, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("tools.pipeline.matting.cutout.cut_out_subject", lambda *a: 1 / 0)
        lifecycle.start_attempt(photo, TOOL, {})
        cpu.work_once()
    lifecycle.start_attempt(photo, TOOL, {})
    cpu.work_once()
    assert counts() == {"delivered": 1, "failed": 1, "firsts": 1}
    found = attempt_counts.count_by_engine(attempt_counts.list_recent(1))
    assert {name: each.first_try for name, each in found.items()} == {ENGINES: 0}


def test_what_did_not_keep_the_product_is_counted_apart(photo, monkeypatch):
    monkeypatch.setattr("tools.rendering.render.proved", lambda *a: {"kept": False})
    lifecycle.start_attempt(photo, TOOL, {})
    cpu.work_once()
    assert counts() == {"unkept": 1, "firsts": 1}


def test_credits_back_are_counted_when_the_photo_goes(photo):
    account = payers.account_of_visitor(photo.visitor)
    grants.grant_credits(account, 100, Source.PURCHASE, "test")
    attempt = lifecycle.start_attempt(photo, TOOL, {}, payer=charges.Payer(account))
    cpu.work_once()
    assert holds.give_back(str(attempt.pk), "edges") == attempt.price
    retention.delete_photo_and_files(photo)
    assert counts()["given_back"] == 1
