"""Many at once. On PostgreSQL these are sixteen connections; on SQLite, threads on one file."""

import random
import uuid
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from billing.accounts import payers
from billing.credits import account_merge, grants, holds
from billing.errors import (
    AttemptSettledError,
    CapReachedError,
    OutOfCreditsError,
    TooManyGivenBackError,
)
from billing.models import Account, Bucket, Hold, Source

pytestmark = pytest.mark.django_db(transaction=True)
LEASE = timedelta(minutes=10)


def attempt(run, *refusals):
    """What it answered, or the refusal's id."""
    try:
        return run()
    except refusals as refused:
        return refused.id


def test_credits_are_never_spent_twice(account, give, together, now_at):
    for days in range(5):
        give(50, expires=timezone.now() + timedelta(days=days + 1))

    def spend(index):
        chance, spent = random.Random(index), 0
        for _ in range(10):
            amount, name = chance.randint(1, 3), uuid.uuid4().hex
            try:
                holds.hold_credits(account, amount, name, lease=LEASE)
            except OutOfCreditsError:
                continue
            if chance.random() < 0.8:
                holds.capture_hold(name)
                spent += amount
            else:
                holds.release_hold(name, "failed")
        return spent

    spent = sum(together(spend))
    assert now_at(account) == (250 - spent, 0, 0)
    assert sum(Bucket.objects.values_list("consumed", flat=True)) == spent


def test_of_many_who_want_the_last_credits_only_one_gets_them(account, give, together, now_at):
    give(5)
    answers = together(
        lambda index: attempt(
            lambda: holds.hold_credits(account, 5, f"last-{index}", lease=LEASE).amount,
            OutOfCreditsError,
        )
    )
    assert sorted(answers, key=str) == [5] + ["out-of-credits"] * 15
    assert now_at(account) == (0, 5, 0)


def test_one_attempt_delivered_many_times_is_held_and_charged_once(account, give, together, now_at):
    give(50)

    def deliver(_):
        attempt(lambda: holds.hold_credits(account, 5, "one", lease=LEASE), AttemptSettledError)
        return holds.capture_hold("one")

    assert sorted(together(deliver)) == [False] * 15 + [True]
    assert now_at(account) == (45, 0, 0)


def test_capture_release_and_lapse_at_once_settle_a_hold_once(account, give, together, now_at):
    give(200)
    available = 200
    for turn in range(12):
        name = f"turn-{turn}"
        row = holds.hold_credits(account, 3, name, lease=timedelta(seconds=-1))
        ways = [
            partial(holds.capture_hold, name),
            partial(holds.release_hold, name, "failed"),
            partial(holds.finish, name, Hold.State.LAPSED, charge=0),
        ]
        won = together(lambda index, ways=ways: ways[index](), 3)
        assert won.count(True) == 1
        row.refresh_from_db()
        available -= row.captured
        assert row.state != Hold.State.HELD
    assert now_at(account) == (available, 0, 0)


def test_settling_starting_granting_and_sweeping_do_not_deadlock(account, give, together, now_at):
    give(400)
    names = [f"open-{index}" for index in range(40)]
    for name in names:
        holds.hold_credits(account, 1, name, lease=timedelta(seconds=-1))

    def work(index):
        for name in names[index % 4 :: 4]:
            if index % 3 == 0:
                holds.sweep_holds()
            holds.capture_hold(name)
            with transaction.atomic():
                holds.hold_credits(account, 1, f"{name}-{index}", lease=LEASE)
            holds.release_hold(f"{name}-{index}", "failed")
        grants.grant_credits(account, 1, Source.PROMO, f"promo:{index // 2}")

    together(work, 8)
    charged = Hold.objects.filter(state="captured").count()
    assert now_at(account) == (400 + 4 - charged, 0, 0)


def test_expiry_races_holds_and_revives_nothing(account, give, together, now_at):
    end = timezone.now() + timedelta(seconds=0.5)
    for _ in range(5):
        give(20, Source.PROMO, expires=end)

    def work(index):
        for turn in range(6):
            name = f"{index}-{turn}"
            held = attempt(
                lambda name=name: holds.hold_credits(account, 1, name, lease=LEASE),
                OutOfCreditsError,
            )
            holds.sweep_holds(end if index % 4 == 0 and turn > 3 else None)
            if held != "out-of-credits":
                holds.release_hold(name, "failed")

    together(work)
    holds.sweep_holds(end)
    assert now_at(account) == (0, 0, 0)
    assert sum(Bucket.objects.values_list("expired", flat=True)) == 100


def test_one_reference_grants_once(account, together, now_at):
    answers = together(
        lambda _: grants.grant_credits(account, 10, Source.PURCHASE, "test:1") is not None
    )
    assert answers.count(True) == 1
    assert now_at(account) == (10, 0, 0)


def test_a_bad_result_is_given_back_once(account, give, together, now_at):
    give(20)
    holds.hold_credits(account, 5, "one", lease=LEASE)
    holds.capture_hold("one")
    assert sorted(together(lambda _: holds.give_back("one", "edges"))) == [0] * 15 + [5]
    assert now_at(account) == (20, 0, 0)


def test_the_limits_of_giving_back_hold_for_many_at_once(account, give, together, settings):
    settings.BILLING_LIMITS = {"give_backs_a_day": 3, "give_back_share": 100}
    give(20)
    for index in range(16):
        holds.hold_credits(account, 1, f"bad-{index}", lease=LEASE)
        holds.capture_hold(f"bad-{index}")
    answers = together(
        lambda index: attempt(
            lambda: holds.give_back(f"bad-{index}", "edges"), TooManyGivenBackError
        )
    )
    assert answers.count(1) == 3


def test_a_cap_holds_for_many_at_once(account, give, together):
    give(100)
    account.monthly_cap = 7
    answers = together(
        lambda index: attempt(
            lambda: holds.hold_credits(account, 2, f"cap-{index}", lease=LEASE).amount,
            CapReachedError,
        )
    )
    assert answers.count(2) == 3


def test_signing_in_many_times_at_once_merges_once_with_a_hold_open(
    visitor, alice, give, together, now_at
):
    theirs, mine = payers.account_of_visitor(visitor), payers.user_account(alice)
    give(5, Source.FREE, theirs)
    give(20, to=mine)
    holds.hold_credits(theirs, 2, "one", lease=LEASE)
    assert sorted(together(lambda _: account_merge.merge_accounts(theirs, mine))) == [0] * 15 + [3]
    assert (now_at(mine), now_at(theirs)) == ((23, 0, 0), (0, 2, 0))
    holds.release_hold("one", "failed")
    assert (now_at(mine), now_at(theirs)) == ((25, 0, 0), (0, 0, 0))


def test_merging_and_spending_at_once_lose_nothing(visitor, alice, give, together, now_at):
    theirs, mine = payers.account_of_visitor(visitor), payers.user_account(alice)
    give(40, to=theirs)
    give(10, to=mine)

    def work(index):
        if index == 8:
            return account_merge.merge_accounts(theirs, mine)
        account, name = (theirs, mine)[index % 2], f"while-{index}"
        for turn in range(5):
            held = attempt(
                lambda turn=turn: holds.hold_credits(account, 1, f"{name}-{turn}", lease=LEASE),
                OutOfCreditsError,
            )
            if held != "out-of-credits":
                holds.release_hold(f"{name}-{turn}", "failed")
        return None

    together(work)
    holds.sweep_holds()
    assert (now_at(mine), now_at(theirs)) == ((50, 0, 0), (0, 0, 0))


def test_an_account_is_made_once(visitor, alice, together):
    visitor.user = alice
    together(lambda _: payers.account_of_visitor(visitor))
    assert Account.objects.count() == 1
