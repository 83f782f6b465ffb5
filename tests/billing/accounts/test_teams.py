"""Teams: who pays for whom."""

import pytest

from accounts.models import User
from billing.accounts import payers, teams
from billing.models import Account, Member
from tests.billing.browsing import as_browser, said, text


@pytest.fixture
def browser(alice):
    return as_browser(alice)


@pytest.fixture
def team(alice):
    return teams.found_team(alice, "Shop")


@pytest.fixture
def bob():
    return User.objects.create_user("bob@example.com")


def test_a_team_pays_for_who_joined_and_its_owner_decides(browser, team, bob, mailoutbox):
    assert "bob@example.com is invited" in said(
        browser, "/account/team/invite/", {"email": "Bob@example.com"}
    )
    assert "invited already" in said(browser, "/account/team/invite/", {"email": "bob@example.com"})
    theirs = as_browser(bob)
    assert "Shop invites you" in text(theirs.get("/account/"))
    asked = Member.objects.get(email="bob@example.com")
    said(theirs, f"/account/team/{asked.pk}/join/", {})
    assert payers.account_of_user(bob) == Account.objects.get(team=team)
    assert theirs.post("/account/cap/", {"monthly_cap": "5"}).status_code == 403
    assert "You pay yourself" in said(theirs, "/account/team/payer/", {"member": ""})
    assert payers.account_of_user(bob).kind == Account.Kind.USER
    said(theirs, f"/account/team/{asked.pk}/leave/", {})
    assert not Member.objects.filter(user=bob).exists()


def test_an_invitation_is_for_whom_it_was_sent_to(team, bob):
    teams.invite_member(team, "carol@example.com")
    asked = Member.objects.get(email="carol@example.com")
    assert "no longer there" in said(as_browser(bob), f"/account/team/{asked.pk}/join/", {})
    assert Member.objects.get(pk=asked.pk).user is None


def test_a_team_keeps_an_owner_and_strangers_send_nobody_away(browser, team, bob):
    owner = Member.objects.get()
    assert "at least one owner" in said(browser, f"/account/team/{owner.pk}/leave/", {})
    assert as_browser(bob).post(f"/account/team/{owner.pk}/leave/").status_code == 403
    assert as_browser(bob).post("/account/team/invite/", {"email": "x@y.z"}).status_code == 403


def test_a_founder_names_the_team(browser):
    assert "The team is there" in said(browser, "/account/team/", {"name": "Shop"})
    assert "Shop" in text(browser.get("/account/"))
    assert "Give the team a name" in said(browser, "/account/team/", {"name": ""})
