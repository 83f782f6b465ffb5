from datetime import UTC, date, datetime

import pytest

from accounts.models import Visitor
from billing.accounts import free_allowance, payers
from billing.errors import FreeIsUsedUpError
from billing.models import Allowance, Team

HERE = "203.0.113.7"


def visit(address=HERE, visitor=None):
    return free_allowance.grant_free_credits(visitor or Visitor.objects.create(), address)


def test_a_visitor_gets_free_credits_once_a_day(visitor, clock, now_at):
    assert [visit(visitor=visitor), visit(visitor=visitor)] == [10, 0]
    account = payers.account_of_visitor(visitor)
    assert (now_at(account), free_allowance.count_free_credits(account)) == ((10, 0, 0), 10)
    clock.passes(hours=12)
    assert free_allowance.count_free_credits(account) == 0
    assert visit(visitor=visitor) == 10


def test_they_end_at_midnight(visitor, clock):
    visit(visitor=visitor)
    bucket = payers.account_of_visitor(visitor).buckets.get()
    assert bucket.expires == datetime(2026, 11, 23, tzinfo=UTC)
    assert bucket.source_ref == f"free:{visitor.pk}:2026-11-22"


def test_a_network_has_its_share_and_others_theirs(settings, clock):
    settings.BILLING_LIMITS = {"free_a_network": 25}
    assert [visit(), visit("203.0.113.200")] == [10, 10]
    with pytest.raises(FreeIsUsedUpError) as raised:
        visit()
    assert raised.value.scope == "network"
    assert visit("203.0.112.7") == 10


def test_everybody_together_has_a_budget(settings, clock):
    settings.BILLING_LIMITS = {"free_for_everybody": 15}
    visit()
    with pytest.raises(FreeIsUsedUpError) as raised:
        visit("198.51.100.1")
    assert raised.value.scope == "everybody"
    assert Allowance.objects.get(scope="everybody").given == 10


def test_a_raised_budget_counts_at_once(settings, clock):
    settings.BILLING_LIMITS = {"free_a_network": 10}
    visit()
    settings.BILLING_LIMITS = {"free_a_network": 20}
    assert visit() == 10


def test_no_address_is_kept_and_no_day_can_be_compared_with_another():
    today, tomorrow = date(2026, 11, 22), date(2026, 11, 23)
    of = free_allowance.hash_network
    assert of(HERE, today) == of("203.0.113.99", today) == of("::ffff:203.0.113.1", today)
    assert of(HERE, today) != of("203.0.114.7", today)
    assert of(HERE, today) != of(HERE, tomorrow)
    assert of("2001:db8:1:2::3", today) == of("2001:db8:1:ffff::", today)
    assert of("2001:db8:1::", today) != of("2001:db8:2::", today)
    assert of("", today) == "unknown"


def test_signing_in_is_no_second_allowance(visitor, alice, clock, now_at):
    visit(visitor=visitor)
    visitor.user = alice
    assert visit(visitor=visitor) == 0
    assert now_at(payers.user_account(alice)) == (10, 0, 0)
    assert visit(visitor=Visitor.objects.create(user=alice)) == 10
    assert visit(visitor=Visitor.objects.create(user=alice)) == 0


def test_whoever_owes_gets_no_free_credits(visitor, clock):
    account = payers.account_of_visitor(visitor)
    type(account).objects.filter(pk=account.pk).update(debt=5)
    assert visit(visitor=visitor) == 0
    type(account).objects.filter(pk=account.pk).update(debt=0)


def test_a_team_has_no_free_credits(visitor, alice, clock):
    team = Team.objects.create(name="Shop")
    team.members.create(user=alice, email=alice.email, pays=True)
    visitor.user = alice
    assert visit(visitor=visitor) == 0


def test_days_gone_by_are_forgotten(clock):
    visit()
    assert free_allowance.forget_old_counts() == 0
    clock.passes(days=2)
    assert free_allowance.forget_old_counts() == 2
