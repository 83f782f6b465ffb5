"""Teams, and being forgotten."""

from datetime import timedelta

import pytest

from accounts.models import User, Visitor
from billing.accounts import api_keys, closing, payers, teams
from billing.credits import holds
from billing.models import Account, ApiKey, Hold, Member, Team
from tests.billing.browsing import as_browser, said, text

LEASE = timedelta(minutes=10)


@pytest.fixture
def browser(alice):
    return as_browser(alice)


def deliver(account, attempt="one", amount=5, **note):
    holds.hold_credits(account, amount, attempt, lease=LEASE, note=note)
    holds.capture_hold(attempt)


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


def test_deleting_needs_a_tick_and_then_forgets(browser, alice, account, give):
    give(20)
    deliver(account, photo="mug.png")
    api_keys.issue_key(account, "Shop")
    visitor = Visitor.objects.create(user=alice)
    assert "Tick the box" in said(browser, "/account/delete/", {})
    assert browser.post("/account/delete/", {"sure": "yes"})["Location"] == "/"
    assert not User.objects.exists()
    assert not Visitor.objects.filter(pk=visitor.pk).exists()
    assert Hold.objects.get().note == {}
    assert ApiKey.objects.get().revoked
    kept = Account.objects.get(pk=account.pk)
    assert (kept.user, kept.available) == (None, 15)


def test_a_plan_that_would_go_on_charging_is_ended_first(shop, alice):
    shop.tell("customer.subscription.created", shop.subscription())
    with pytest.raises(closing.StillPayingError):
        closing.close_account(alice)
    assert User.objects.filter(pk=alice.pk).exists()


def test_a_team_of_one_goes_with_its_owner_and_another_stays(alice, team, bob):
    closing.close_account(alice)
    assert not Team.objects.exists()
    shared = teams.found_team(bob, "Both")
    Member.objects.create(
        team=shared, user=User.objects.create_user("c@d.e"), email="c@d.e", role="owner"
    )
    closing.close_account(bob)
    assert Team.objects.get() == shared


def test_whoever_keeps_more_of_a_user_is_told_before_it_goes(alice):
    told = []

    def listen(user, **_):
        told.append(user.email)

    closing.closes.connect(listen)
    closing.close_account(alice)
    closing.closes.disconnect(listen)
    assert told == ["alice@example.com"]
