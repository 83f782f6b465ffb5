import pytest

from accounts.models import User
from billing.accounts import payers
from billing.models import Account, Member, Team

pytestmark = pytest.mark.django_db


def test_every_visitor_has_one_account_from_first_use(visitor):
    assert payers.account_of_visitor(visitor) == payers.account_of_visitor(visitor)


def test_a_team_pays_for_who_chose_so_and_nobody_else(alice):
    team = Team.objects.create(name="Shop")
    asked = Member.objects.create(team=team, user=alice, email=alice.email)
    assert payers.account_of_user(alice).kind == Account.Kind.USER
    Member.objects.filter(pk=asked.pk).update(pays=True)
    assert payers.account_of_user(alice).team == team


def test_a_browser_that_is_somebodys_stays_theirs(visitor, alice):
    payers.signed_in(visitor, alice)
    payers.signed_in(visitor, User.objects.create_user("bob@example.com"))
    assert visitor.user == alice


def test_the_accounts_behind_one_are_those_that_were_merged_into_it(visitor, alice, give):
    theirs = payers.account_of_visitor(visitor)
    give(5, to=theirs)
    mine = payers.user_account(alice)
    assert payers.accounts_behind(mine) == [mine]
    payers.signed_in(visitor, alice)
    assert [account.pk for account in payers.accounts_behind(mine)] == [mine.pk, theirs.pk]
