"""What is free in a day: granted where it is spent, counted by address and by network."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Visitor
from billing.accounts import free_allowance, payers
from billing.credits import holds
from billing.errors import FreeIsUsedUpError, OutOfCreditsError
from billing.models import Account, Allowance, Bucket, Entry, FreeUse, Team

HERE = "203.0.113.7"
LEASE = timedelta(minutes=10)


@pytest.fixture
def spend():
    """Hold credits for an attempt of a visitor's, a new one where none is given."""
    names = iter(f"attempt-{number}" for number in range(10_000))

    def spend(amount=1, address=HERE, visitor=None):
        account = payers.account_of_visitor(visitor or Visitor.objects.create())
        free = free_allowance.find_free_day(account, address)
        name = next(names)
        holds.hold_credits(account, amount, name, lease=LEASE, free=free)
        return name

    return spend


def left(visitor, address=HERE):
    account = payers.account_of_visitor(visitor)
    return free_allowance.count_free_credits(
        account, free_allowance.find_free_day(account, address)
    )


def given(scope="everybody"):
    return sum(Allowance.objects.filter(scope=scope).values_list("given", flat=True))


def test_who_only_looks_takes_nothing_from_anybody(visitor, clock):
    assert left(visitor) == 10
    assert not Bucket.objects.exists()
    assert not Allowance.objects.exists()


def test_a_visitor_has_free_credits_every_day(visitor, spend, clock):
    spend(10, visitor=visitor)
    assert left(visitor) == 0
    with pytest.raises(OutOfCreditsError) as raised:
        spend(visitor=visitor)
    assert (raised.value.available, raised.value.is_visitor) == (0, True)
    clock.passes(hours=12)
    assert left(visitor) == 10
    spend(visitor=visitor)
    assert left(visitor) == 9


def test_only_what_an_attempt_takes_is_granted_and_it_ends_at_midnight(visitor, spend, clock):
    name = spend(3, visitor=visitor)
    bucket = payers.account_of_visitor(visitor).buckets.get()
    assert (bucket.granted, bucket.held) == (3, 3)
    assert bucket.expires == datetime(2026, 11, 23, tzinfo=UTC)
    assert bucket.source_ref == f"free:{name}"
    assert given() == 3


def test_a_new_cookie_gains_nothing(spend, clock):
    spend(10)
    newcomer = Visitor.objects.create()
    assert left(newcomer) == 0
    with pytest.raises(FreeIsUsedUpError) as raised:
        spend(visitor=newcomer)
    assert (raised.value.scope, raised.value.available) == ("address", 0)
    assert left(newcomer, "203.0.113.8") == 10


def test_a_cookie_that_changes_its_address_gains_nothing(visitor, spend, clock):
    spend(10, visitor=visitor)
    with pytest.raises(OutOfCreditsError):
        spend(visitor=visitor, address="198.51.100.1")


def test_an_address_of_ipv6_is_its_64(spend, clock):
    spend(10, "2001:db8:1:2::3")
    with pytest.raises(FreeIsUsedUpError):
        spend(1, "2001:db8:1:2:ffff::9")
    spend(1, "2001:db8:1:3::3")


def test_the_hundredth_visitor_of_a_network_has_a_free_try(spend, clock):
    for number in range(1, 100):
        spend(3, f"203.0.113.{number}")
    spend(1, "203.0.113.100")


def test_a_network_has_its_share_and_others_theirs(settings, spend, clock):
    settings.BILLING_LIMITS = {"free_a_network": 25}
    spend(10)
    spend(10, "203.0.113.200")
    with pytest.raises(FreeIsUsedUpError) as raised:
        spend(6, "203.0.113.9")
    assert (raised.value.scope, raised.value.available) == ("network", 5)
    spend(5, "203.0.113.9")
    spend(10, "203.0.112.7")


def test_everybody_together_has_a_budget(settings, spend, clock):
    settings.BILLING_LIMITS = {"free_for_everybody": 15}
    spend(10)
    with pytest.raises(FreeIsUsedUpError) as raised:
        spend(10, "198.51.100.1")
    assert raised.value.scope == "everybody"
    assert given() == 10


def test_limits_that_change_count_at_once(settings, spend, clock):
    settings.BILLING_LIMITS = {"free_a_network": 10}
    spend(10)
    settings.BILLING_LIMITS = {"free_a_network": 12}
    spend(2, "203.0.113.8")
    settings.BILLING_LIMITS = {"free_a_network": 5}
    with pytest.raises(FreeIsUsedUpError):
        spend(1, "203.0.113.9")
    assert given() == 12


def test_what_is_not_spent_after_all_is_there_for_the_next_cookie(visitor, spend, clock):
    name = spend(10, visitor=visitor)
    assert holds.release_hold(name, "failed")
    assert (given(), left(visitor)) == (0, 10)
    spend(10)
    assert left(visitor) == 0


def test_of_a_cheaper_result_the_rest_goes_back_to_all(visitor, spend, clock):
    holds.capture_hold(spend(4, visitor=visitor), 1)
    assert (given(), left(visitor)) == (1, 9)
    spend(9)


def test_a_hold_that_lapses_gives_its_share_back(visitor, spend, clock):
    spend(10, visitor=visitor)
    clock.passes(minutes=11)
    assert holds.sweep_holds().lapsed == 1
    assert (given(), left(visitor)) == (0, 10)


def test_what_comes_back_after_midnight_is_nobodys(visitor, spend, clock, now_at):
    name = spend(10, visitor=visitor)
    clock.passes(hours=12)
    holds.release_hold(name, "failed")
    assert now_at(payers.account_of_visitor(visitor)) == (0, 0, 0)
    assert Bucket.objects.get().expired == 10
    assert left(visitor) == 10


def test_a_bad_result_gives_free_credits_back_to_who_spent_them(visitor, spend, clock):
    name = spend(4, visitor=visitor)
    holds.capture_hold(name)
    assert holds.give_back(name, "edges") == 4
    assert (left(visitor), given()) == (10, 4)
    spend(6, visitor=visitor)
    assert (left(visitor), given()) == (4, 6)
    assert left(Visitor.objects.create()) == 4


def test_free_credits_go_before_bought_ones_and_together_they_pay(visitor, give, spend, clock):
    account = payers.account_of_visitor(visitor)
    give(5, to=account)
    spend(8, visitor=visitor)
    assert (left(visitor), holds.count_spendable(account)) == (2, 5)
    spend(4, visitor=visitor)
    assert (left(visitor), holds.count_spendable(account)) == (0, 3)


def test_what_ends_sooner_than_today_is_spent_first(visitor, give, spend, clock):
    give(3, to=payers.account_of_visitor(visitor), expires=clock.now + timedelta(hours=1))
    spend(4, visitor=visitor)
    assert left(visitor) == 9


def test_bought_credits_work_when_the_free_ones_of_the_address_are_gone(give, spend, clock):
    spend(10)
    newcomer = Visitor.objects.create()
    give(2, to=payers.account_of_visitor(newcomer))
    spend(2, visitor=newcomer)


def test_what_cannot_be_paid_leaves_no_trace(visitor, spend, clock):
    with pytest.raises(OutOfCreditsError) as raised:
        spend(11, visitor=visitor)
    assert (raised.value.available, raised.value.needed) == (10, 11)
    assert not Entry.objects.exists()
    assert given() == 0


def test_asked_twice_for_one_attempt_grants_once(visitor, clock):
    account = payers.account_of_visitor(visitor)
    free = free_allowance.find_free_day(account, HERE)
    for _ in range(2):
        holds.hold_credits(account, 2, "one", lease=LEASE, free=free)
    assert (given(), left(visitor)) == (2, 8)


def test_no_address_is_kept_and_no_day_can_be_compared_with_another():
    today, tomorrow = date(2026, 11, 22), date(2026, 11, 23)
    of = free_allowance.hash_network
    assert of(HERE, today) == of("203.0.113.99", today) == of("::ffff:203.0.113.1", today)
    assert of(HERE, today) != of("203.0.114.7", today)
    assert of(HERE, today) != of(HERE, tomorrow)
    assert of("2001:db8:1:2::3", today) == of("2001:db8:1:ffff::", today)
    assert of("2001:db8:1::", today) != of("2001:db8:2::", today)
    one = free_allowance.hash_address
    assert one(HERE, today) == one("::ffff:203.0.113.7", today)
    assert one(HERE, today) not in {one("203.0.113.8", today), one(HERE, tomorrow), of(HERE, today)}
    assert one("", today) != of("", today)


def test_signing_in_brings_along_what_was_spent(visitor, alice, spend, clock):
    spend(4, visitor=visitor)
    payers.signed_in(visitor, alice)
    assert left(visitor) == 6
    with pytest.raises(OutOfCreditsError):
        spend(7, visitor=visitor)
    spend(6, visitor=Visitor.objects.create(user=alice), address="198.51.100.1")
    assert left(visitor) == 0


def test_who_signs_in_has_their_own_whatever_others_here_have_spent(alice, spend, clock):
    spend(10)
    visitor = Visitor.objects.create()
    assert left(visitor) == 0
    payers.signed_in(visitor, alice)
    assert left(visitor) == 10
    spend(10, visitor=visitor)


def test_those_who_are_signed_in_share_a_network_too(settings, alice, spend, clock):
    settings.BILLING_LIMITS = {"free_a_network": 12}
    spend(10, visitor=Visitor.objects.create(user=alice))
    other = Visitor.objects.create(user=type(alice).objects.create_user("bob@example.com"))
    with pytest.raises(FreeIsUsedUpError) as raised:
        spend(3, visitor=other)
    assert raised.value.scope == "members"
    spend(10)


def test_whoever_owes_gets_no_free_credits(visitor, spend, clock):
    account = payers.account_of_visitor(visitor)
    Account.objects.filter(pk=account.pk).update(debt=5)
    assert left(visitor) == 0
    with pytest.raises(OutOfCreditsError):
        spend(visitor=visitor)
    Account.objects.filter(pk=account.pk).update(debt=0)


def test_a_team_has_no_free_credits(visitor, alice, spend, clock):
    team = Team.objects.create(name="Shop")
    team.members.create(user=alice, email=alice.email, pays=True)
    visitor.user = alice
    assert left(visitor) == 0
    with pytest.raises(OutOfCreditsError):
        spend(visitor=visitor)


def test_days_gone_by_are_forgotten(spend, clock):
    spend()
    assert free_allowance.forget_old_counts() == 0
    clock.passes(days=2)
    assert free_allowance.forget_old_counts() == 3
    assert not FreeUse.objects.exists()
