from datetime import timedelta

import pytest

from accounts.models import User, Visitor
from billing.accounts import payers
from billing.credits import account_merge, holds
from billing.models import Account, Member, Source, Team

LEASE = timedelta(minutes=10)


@pytest.fixture
def visitors(visitor, give, clock):
    """A visitor's account with 8 credits available and 2 held until tomorrow."""
    account = payers.account_of_visitor(visitor)
    give(10, Source.FREE, account, expires=clock.now + timedelta(days=1))
    holds.hold_credits(account, 2, "one", lease=LEASE)
    return account


def test_signing_in_brings_along_what_is_left_once(visitors, visitor, alice, give, now_at):
    mine = payers.user_account(alice)
    give(20, to=mine)
    visitor.user = alice
    assert payers.account_of_visitor(visitor) == mine
    assert payers.account_of_visitor(visitor) == mine
    assert (now_at(mine), now_at(visitors)) == ((28, 0, 0), (0, 2, 0))


def test_it_keeps_its_expiry(visitors, alice, clock):
    mine = payers.user_account(alice)
    account_merge.merge_accounts(visitors, mine)
    assert mine.buckets.get().expires == clock.now + timedelta(days=1)


def test_an_open_hold_finishes_where_it_was(visitors, alice, now_at):
    mine = payers.user_account(alice)
    account_merge.merge_accounts(visitors, mine)
    assert holds.capture_hold("one")
    assert (now_at(mine), now_at(visitors)) == ((8, 0, 0), (0, 0, 0))


def test_what_is_released_after_the_merge_follows(
    visitors, alice, now_at, django_capture_on_commit_callbacks
):
    mine = payers.user_account(alice)
    account_merge.merge_accounts(visitors, mine)
    with django_capture_on_commit_callbacks(execute=True):
        holds.release_hold("one", "failed")
    assert (now_at(mine), now_at(visitors)) == ((10, 0, 0), (0, 0, 0))


def test_what_is_given_back_after_the_merge_follows(
    visitors, alice, now_at, django_capture_on_commit_callbacks
):
    holds.capture_hold("one")
    mine = payers.user_account(alice)
    account_merge.merge_accounts(visitors, mine)
    with django_capture_on_commit_callbacks(execute=True):
        holds.give_back("one", "edges")
    assert now_at(mine) == (10, 0, 0)


def test_the_sweep_forwards_what_a_killed_process_left(visitors, alice, now_at):
    mine = payers.user_account(alice)
    account_merge.merge_accounts(visitors, mine)
    holds.release_hold("one", "failed")
    assert now_at(visitors) == (2, 0, 0)
    assert holds.sweep_holds().forwarded == 1
    assert holds.sweep_holds().forwarded == 0
    assert now_at(mine) == (10, 0, 0)


def test_what_the_browser_gets_after_the_user_left_is_not_theirs(
    visitors, alice, give, clock, now_at
):
    mine = payers.user_account(alice)
    account_merge.merge_accounts(visitors, mine)
    clock.passes(seconds=1)
    # Whoever comes next finds the account as it is by now.
    give(5, Source.FREE, Account.objects.get(pk=visitors.pk))
    holds.sweep_holds()
    assert (now_at(mine), now_at(visitors)) == ((8, 0, 0), (5, 2, 0))
    holds.release_hold("one", "failed")
    holds.sweep_holds()
    assert (now_at(mine), now_at(visitors)) == ((10, 0, 0), (5, 0, 0))


def test_a_debt_is_paid_with_what_is_brought_along(visitors, alice, now_at):
    mine = payers.user_account(alice)
    from billing.credits import grants

    bought = grants.grant_credits(mine, 5, Source.PURCHASE, "test:1")
    holds.hold_credits(mine, 5, "two", lease=LEASE)
    holds.capture_hold("two")
    grants.take_back(bought, 5, reason="dispute")
    account_merge.merge_accounts(visitors, mine)
    assert now_at(mine) == (3, 0, 0)


def test_a_browser_that_two_people_sign_in_with_gives_to_the_first(
    visitors, visitor, alice, now_at
):
    account_merge.merge_accounts(visitors, payers.user_account(alice))
    bob = payers.user_account(User.objects.create_user("bob@example.com"))
    account_merge.merge_accounts(visitors, bob)
    holds.release_hold("one", "failed")
    holds.sweep_holds()
    assert (now_at(payers.user_account(alice)), now_at(bob)) == ((10, 0, 0), (0, 0, 0))


def test_a_users_account_is_never_merged(account, visitor):
    assert account_merge.merge_accounts(account, payers.account_of_visitor(visitor)) == 0


def test_a_team_pays_for_the_members_who_chose_so(alice, visitor):
    visitor.user = alice
    team = Team.objects.create(name="Shop")
    member = Member.objects.create(team=team, user=alice, email=alice.email)
    assert payers.account_of_visitor(visitor).kind == Account.Kind.USER
    member.pays = True
    member.save()
    assert payers.account_of_visitor(visitor) == Account.objects.get(team=team)


def test_two_browsers_of_one_user_share_an_account(alice):
    both = [Visitor.objects.create(user=alice) for _ in range(2)]
    assert payers.account_of_visitor(both[0]) == payers.account_of_visitor(both[1])
