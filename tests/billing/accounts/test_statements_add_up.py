"""The exported rows add up to what one has, whatever happened."""

import csv
import io
from datetime import timedelta

import pytest

from billing.accounts import payers
from billing.credits import adjustments, grants, holds
from billing.models import Account, Source
from tests.billing.browsing import as_browser

# What is released follows who signed in on commit.
pytestmark = pytest.mark.django_db(transaction=True)
LEASE = timedelta(minutes=10)


def total(alice):
    sheet = as_browser(alice).get("/account/credits.csv").getvalue().decode()
    return sum(int(row["credits"]) for row in csv.DictReader(io.StringIO(sheet)))


def spend(account, amount, name):
    holds.hold_credits(account, amount, name, lease=LEASE)
    holds.capture_hold(name)


@pytest.fixture
def adds_up(alice, account):
    def adds_up():
        now = Account.objects.get(pk=account.pk)
        assert total(alice) == now.available + now.held - now.debt

    return adds_up


def test_a_debt_that_is_paid_counts_once(account, give, adds_up):
    bucket = give(500)
    spend(account, 300, "one")
    grants.take_back(bucket, 500, reason="refunded")
    adds_up()
    give(500)
    adds_up()


def test_what_was_moved_by_us_is_not_hidden_by_its_words(account, give, adds_up):
    give(20)
    adjustments.adjust_balance(account, -5, ref="r1", reason="moved house", actor="desk")
    adds_up()


def test_what_is_given_back_too_late_to_be_spent_adds_nothing(account, give, clock, adds_up):
    give(10, expires=clock.now + timedelta(hours=1))
    spend(account, 4, "one")
    clock.passes(hours=2)
    holds.give_back("one", "edges")
    holds.sweep_holds()
    adds_up()


def test_what_is_held_released_and_expired_adds_up(account, give, clock, adds_up):
    give(10, expires=clock.now + timedelta(hours=1))
    holds.hold_credits(account, 4, "one", lease=LEASE)
    adds_up()
    clock.passes(hours=2)
    holds.release_hold("one", "failed")
    holds.sweep_holds()
    adds_up()


def test_what_one_had_before_signing_in_adds_up(alice, visitor, account, adds_up):
    before = payers.account_of_visitor(visitor)
    grants.grant_credits(before, 30, Source.PROMO, "promo")
    spend(before, 10, "one")
    holds.hold_credits(before, 5, "two", lease=LEASE)
    payers.signed_in(visitor, alice)
    holds.release_hold("two", "failed")
    adds_up()


def test_what_is_granted_while_one_signs_in_follows(alice, visitor, account, now_at):
    stale = payers.account_of_visitor(visitor)
    payers.signed_in(visitor, alice)
    # The request that grants began before, and knows nothing of it.
    grants.grant_credits(stale, 30, Source.PROMO, "promo")
    assert now_at(account) == (30, 0, 0)
