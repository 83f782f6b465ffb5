"""A day's free credits, spent by many at once."""

import random
from datetime import timedelta

import pytest

from accounts.models import Visitor
from billing.accounts import free_allowance, payers
from billing.credits import free_spending, holds
from billing.errors import (
    FreeIsUsedUpError,
    OutOfCreditsError,
)
from billing.models import Allowance, Bucket

pytestmark = pytest.mark.django_db(transaction=True)
LEASE = timedelta(minutes=10)


def hold_free(visitor, name, address="203.0.113.7", amount=1):
    """Hold credits of what is free today; how many, or the refusal's id."""
    account = payers.account_of_visitor(visitor)
    free = free_allowance.find_free_day(account, address)
    try:
        return holds.hold_credits(account, amount, name, lease=LEASE, free=free).amount
    except (FreeIsUsedUpError, OutOfCreditsError) as refused:
        return refused.id


def given_to(scope="everybody"):
    return Allowance.objects.get(scope=scope).given


def test_many_tabs_of_one_browser_spend_its_day_once(visitor, together, now_at):
    """Each from another address: only the account is the same."""
    answers = together(lambda i: hold_free(visitor, f"tab-{i}", f"198.51.{i}.1"))
    assert answers.count(1) == 10
    assert answers.count("out-of-credits") == 6
    assert now_at(payers.account_of_visitor(visitor)) == (0, 10, 0)
    assert given_to() == 10


def test_many_browsers_at_one_address_spend_its_day_once(together):
    visitors = [Visitor.objects.create() for _ in range(16)]
    answers = together(lambda i: hold_free(visitors[i], f"browser-{i}"))
    assert answers.count(1) == 10
    assert answers.count("free-is-used-up") == 6
    assert given_to() == 10


def test_one_attempt_asked_for_many_times_at_once_is_granted_once(visitor, together, now_at):
    assert together(lambda _: hold_free(visitor, "the-same", amount=3)) == [3] * 16
    assert now_at(payers.account_of_visitor(visitor)) == (0, 3, 0)
    assert given_to() == 3


def test_a_networks_share_holds_for_many_visitors_at_once(together, settings):
    settings.BILLING_LIMITS = {"free_a_network": 50}
    visitors = [Visitor.objects.create() for _ in range(16)]
    answers = together(
        lambda i: hold_free(visitors[i], f"network-{i}", f"203.0.113.{i}", amount=10)
    )
    assert answers.count(10) == 5
    assert answers.count("free-is-used-up") == 11


def test_spending_and_failing_at_once_give_every_free_credit_back_once(together):
    """Browsers of one network, some of them at one address, that spend, fail and pay less."""
    visitors = [Visitor.objects.create() for _ in range(8)]

    def work(index):
        chance, charged = random.Random(index), 0
        for turn in range(5):
            name, amount = f"work-{index}-{turn}", chance.randint(1, 3)
            address = f"203.0.113.{index % 4}"
            if hold_free(visitors[index % 8], name, address, amount) != amount:
                continue
            part = chance.choice([0, 0, 1, amount])
            if holds.capture_hold(name, part) and part:
                charged += part
        return charged

    charged = sum(together(work, 8))
    assert given_to() == charged == sum(Bucket.objects.values_list("consumed", flat=True))
    assert sum(Bucket.objects.values_list("available", flat=True)) == 0
    assert all(row.given <= row.limit for row in Allowance.objects.all())


def test_signing_in_while_spending_is_no_second_day(visitor, alice, together):
    def work(index):
        if index == 8:
            payers.signed_in(visitor, alice)
            return 0
        return hold_free(Visitor.objects.get(pk=visitor.pk), f"while-{index}", amount=2)

    together(work)
    account = payers.user_account(alice)
    free = free_allowance.find_free_day(account, "203.0.113.7")
    spent = free_spending.count_spent(account, free)
    assert spent == 10
