from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from billing.credits import grants, holds
from billing.models import Bucket, Source


def test_nothing_is_granted_twice_for_one_reference(account, now_at):
    first = grants.grant_credits(account, 10, Source.PROMO, "promo:1")
    assert first is not None
    assert grants.grant_credits(account, 10, Source.PROMO, "promo:1") is None
    assert now_at(account) == (10, 0, 0)


def test_a_grant_of_nothing_is_an_error_and_not_a_repeat(account):
    with pytest.raises(IntegrityError), transaction.atomic():
        grants.grant_credits(account, 0, Source.PROMO, "promo:1")


def test_what_is_taken_back_comes_from_its_own_bucket(account, give, now_at):
    other, bought = give(10), give(100, Source.PURCHASE)
    assert grants.take_back(bought, 40, reason="refund") == 0
    other.refresh_from_db()
    assert (other.available, now_at(account)) == (10, (70, 0, 0))


def test_what_was_spent_is_taken_from_the_others_and_then_owed(account, give, now_at):
    give(10)
    bought = give(100, Source.PURCHASE)
    holds.hold_credits(account, 80, "one", lease=timedelta(minutes=1))
    holds.capture_hold("one")
    assert grants.take_back(bought, 100, reason="dispute") == 70
    assert now_at(account) == (0, 0, 70)


def test_a_debt_is_paid_first_by_the_next_grant(account, give, now_at):
    bought = give(100, Source.PURCHASE)
    holds.hold_credits(account, 100, "one", lease=timedelta(minutes=1))
    holds.capture_hold("one")
    grants.take_back(bought, 100, reason="dispute")
    give(30)
    assert now_at(account) == (0, 0, 70)
    give(90)
    assert now_at(account) == (20, 0, 0)


def test_a_debt_is_paid_by_what_is_released_and_given_back(account, give, now_at):
    bought = give(100, Source.PURCHASE)
    for attempt, amount in (("one", 30), ("two", 70)):
        holds.hold_credits(account, amount, attempt, lease=timedelta(minutes=1))
    holds.capture_hold("two")
    assert grants.take_back(bought, 100, reason="dispute") == 100
    holds.release_hold("one", "failed")
    assert now_at(account) == (0, 0, 70)
    holds.give_back("two", "edges")
    assert now_at(account) == (0, 0, 0)


def test_a_part_release_and_a_give_back_may_both_pay_a_debt(account, give, now_at):
    bought = give(100, Source.PURCHASE)
    holds.hold_credits(account, 100, "one", lease=timedelta(minutes=1))
    grants.take_back(bought, 90, reason="dispute")
    holds.capture_hold("one", 60)
    assert now_at(account) == (0, 0, 50)
    holds.give_back("one", "edges")
    assert now_at(account) == (10, 0, 0)


def test_a_won_dispute_forgives_what_is_owed_and_grants_the_rest_again(account, give, now_at):
    bought = give(100, Source.PURCHASE)
    holds.hold_credits(account, 60, "one", lease=timedelta(minutes=1))
    holds.capture_hold("one")
    grants.take_back(bought, 100, reason="dispute")
    give(20)
    assert now_at(account) == (0, 0, 40)
    grants.restore_credits(bought, 100, "restored:1", reason="won")
    assert now_at(account) == (60, 0, 0)
    assert Bucket.objects.get(source_ref="restored:1").source == Source.PURCHASE
