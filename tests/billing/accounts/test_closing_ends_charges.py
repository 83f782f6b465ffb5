"""Closing an account: nothing is charged afterwards, and nobody else loses what they did not know of."""

import pytest

from accounts.models import User
from billing.accounts import closing, teams
from billing.models import Account, AutoTopUp, Customer, Member, Order, Team, TopUp
from tests.billing.browsing import as_browser, said

pytestmark = pytest.mark.django_db(transaction=True)


def test_stripe_forgets_the_customer_and_open_pages_are_closed(shop, alice):
    customer = shop.stripe.add("cus", id=shop.customer.pk)
    session = shop.session(status="open", payment_status="unpaid")
    Order.objects.update(session=session["id"])
    closing.close_account(alice)
    assert session["status"] == "expired"
    assert customer["deleted"]
    assert Customer.objects.get().deleted is not None
    assert not User.objects.exists()


def test_a_page_that_was_paid_just_now_keeps_the_account(shop, alice):
    Order.objects.update(session="")
    session = shop.session(status="complete")
    Order.objects.update(session=session["id"])
    with pytest.raises(closing.StillPayingError):
        closing.close_account(alice)
    assert User.objects.exists()


@pytest.mark.parametrize("status", ["past_due", "incomplete", "unpaid"])
def test_an_account_with_an_open_payment_is_not_closed(shop, alice, status):
    found = shop.subscription(status=status, cancel_at_period_end=True)
    shop.tell("customer.subscription.updated", found)
    with pytest.raises(closing.StillPayingError):
        closing.close_account(alice)


def test_a_top_up_that_was_started_is_not_paid_any_more(shop, alice):
    invoice = shop.invoice({"id": None}, status="open", parent=None)
    AutoTopUp.objects.create(account=shop.account, item="pack-500", below=10)
    TopUp.objects.create(
        account=shop.account, item="pack-500", credits=500, amount=500, invoice=invoice["id"]
    )
    closing.close_account(alice)
    assert invoice["status"] == "void"
    assert TopUp.objects.get().state == "failed"
    assert not AutoTopUp.objects.exists()


def test_a_sole_owner_hands_the_team_on_or_says_that_it_goes(alice):
    team = teams.found_team(alice, "Shop")
    bob = User.objects.create_user("bob@example.com")
    place = Member.objects.create(team=team, user=bob, email=bob.email)
    browser = as_browser(alice)
    assert "only owner of Shop" in said(browser, "/account/delete/", {"sure": "yes"})
    assert User.objects.filter(pk=alice.pk).exists()
    teams.set_role(place, Member.Role.OWNER)
    browser.post("/account/delete/", {"sure": "yes"})
    assert Team.objects.get() == team
    as_browser(bob).post("/account/delete/", {"sure": "yes", "teams": "yes"})
    assert not Team.objects.exists()
    assert not User.objects.exists()


def test_two_tabs_close_it_once_and_neither_fails(alice):
    first, second = as_browser(alice), as_browser(alice)
    assert first.post("/account/delete/", {"sure": "yes"}).status_code == 302
    assert second.post("/account/delete/", {"sure": "yes"}).status_code == 302
    stale = User(pk=alice.pk, email=alice.email)
    closing.close_account(stale)
    assert not Account.objects.filter(user__isnull=False).exists()
