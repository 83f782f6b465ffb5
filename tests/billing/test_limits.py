"""Credits back for bad results, and caps: what the owner and we allow."""

from datetime import timedelta

import pytest

from billing.credits import holds
from billing.errors import (
    CapReachedError,
    NothingToGiveBackError,
    TooLateToGiveBackError,
    TooManyGivenBackError,
)
from billing.models import Account, ApiKey, Hold

LEASE = timedelta(minutes=10)


def hold(account, amount=5, attempt="one", **more):
    return holds.hold_credits(account, amount, attempt, lease=LEASE, **more)


def test_a_bad_result_gives_its_credits_back_once(account, give, now_at):
    give(20)
    hold(account)
    holds.capture_hold("one")
    assert holds.given_back(["one"]) == set()
    assert [holds.give_back("one", "edges"), holds.give_back("one", "edges")] == [5, 0]
    assert holds.given_back(["one", "other"]) == {"one"}
    assert now_at(account) == (20, 0, 0)
    assert Hold.objects.get().reason == "edges"


def test_credits_go_back_to_where_they_came_from(account, give, clock):
    kept = give(10)
    sooner = give(3, expires=clock.now + timedelta(hours=1))
    hold(account)
    holds.capture_hold("one")
    clock.passes(hours=2)
    assert holds.give_back("one", "other") == 2
    kept.refresh_from_db()
    sooner.refresh_from_db()
    assert (kept.available, sooner.expired) == (10, 3)


def test_nothing_is_given_back_for_what_cost_nothing(account, give):
    give(20)
    with pytest.raises(NothingToGiveBackError):
        holds.give_back("free", "edges")
    hold(account)
    with pytest.raises(NothingToGiveBackError):
        holds.give_back("one", "edges")


def test_a_day_later_it_is_too_late_to_give_back(account, give, clock, now_at):
    give(20)
    hold(account)
    holds.capture_hold("one")
    clock.passes(hours=24)
    with pytest.raises(TooLateToGiveBackError) as raised:
        holds.give_back("one", "edges")
    assert raised.value.hours == 24
    assert now_at(account) == (15, 0, 0)


def test_a_reason_is_one_of_six():
    assert len(holds.GIVE_BACK_REASONS) == 6
    with pytest.raises(ValueError, match="is not one of"):
        holds.give_back("one", "because")


def deliver(account, count):
    for index in range(count):
        hold(account, 1, f"many-{index}")
        holds.capture_hold(f"many-{index}")


def test_too_many_a_day_are_refused_and_said(account, give, settings, now_at):
    settings.BILLING_LIMITS = {"give_backs_a_day": 2, "give_back_share": 100}
    give(20)
    deliver(account, 3)
    holds.give_back("many-0", "edges")
    holds.give_back("many-1", "edges")
    with pytest.raises(TooManyGivenBackError) as raised:
        holds.give_back("many-2", "edges")
    assert raised.value.limit == "day"
    assert now_at(account) == (19, 0, 0)
    assert holds.given_back(["many-2"]) == set()


def test_too_large_a_share_is_refused_and_said(account, give, settings):
    settings.BILLING_LIMITS = {"give_backs_unquestioned": 1, "give_back_share": 50}
    give(20)
    deliver(account, 3)
    holds.give_back("many-0", "edges")
    with pytest.raises(TooManyGivenBackError) as raised:
        holds.give_back("many-1", "edges")
    assert raised.value.limit == "share"
    deliver_one_more = hold(account, 1, "one")
    assert holds.capture_hold(deliver_one_more.attempt)
    assert holds.give_back("many-1", "edges") == 1


def test_a_monthly_cap_holds(account, give, clock):
    give(100)
    Account.objects.update(monthly_cap=8)
    account.refresh_from_db()
    hold(account)
    with pytest.raises(CapReachedError) as raised:
        hold(account, 4, "two")
    assert (raised.value.cap, raised.value.spent) == (8, 5)
    holds.capture_hold("one", 2)
    assert hold(account, 6, "two").pk
    clock.passes(days=10)
    assert hold(account, 8, "three").pk


def test_a_keys_cap_counts_that_key_only(account, give):
    give(100)
    key, other = (
        ApiKey.objects.create(account=account, name=name, prefix=name, digest=name, monthly_cap=6)
        for name in ("key", "other")
    )
    hold(account, 5, "one", key=key)
    with pytest.raises(CapReachedError):
        hold(account, 2, "two", key=key)
    hold(account, 5, "three", key=other)
    hold(account, 50, "four")


def test_what_was_given_back_no_longer_counts_against_the_cap(account, give):
    give(100)
    account.monthly_cap = 5
    hold(account)
    holds.capture_hold("one")
    holds.give_back("one", "edges")
    hold(account, 5, "two")
