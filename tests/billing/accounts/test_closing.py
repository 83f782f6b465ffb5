from datetime import timedelta

import pytest

from accounts.models import User, Visitor
from billing.accounts import api_keys, closing, teams
from billing.credits import holds
from billing.models import Account, ApiKey, Hold, Member, Team
from tests.billing.browsing import as_browser, said

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
