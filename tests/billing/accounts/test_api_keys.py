"""API keys: what they may do, for how long, how much of it in a minute."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from billing.accounts import api_keys, payers
from billing.models import ApiKey
from tests.billing.browsing import as_browser, said, text


@pytest.fixture
def browser(alice):
    return as_browser(alice)


def program(secret):
    return Client(HTTP_AUTHORIZATION=f"Bearer {secret}")


def test_a_key_ends_with_its_time(account, clock):
    key, secret = api_keys.issue_key(account, "Shop", expires=clock() + timedelta(days=2))
    assert api_keys.find(secret) == key
    clock.passes(days=3)
    assert api_keys.find(secret) is None


def test_a_key_says_when_it_was_last_used(account, clock):
    key, secret = api_keys.issue_key(account, "Shop")
    assert key.used is None
    api_keys.find(secret)
    key.refresh_from_db()
    assert key.used == clock()


def test_a_key_without_the_scope_is_turned_away_from_the_sites_own_addresses(account):
    secret = api_keys.issue_key(account, "Shop", scopes=["removebg"])[1]
    refused = program(secret).get("/mine/")
    assert (refused.status_code, refused.json()["error"]) == (403, "key-scope")
    assert program(api_keys.issue_key(account, "All")[1]).get("/mine/").status_code == 200
    tools = api_keys.issue_key(account, "Tools", scopes=["tools"])[1]
    assert program(tools).get("/mine/").status_code == 200


def test_a_key_for_trying_out_makes_nothing_unmarked(account):
    key, secret = api_keys.issue_key(account, "Try", sandbox=True)
    assert secret.startswith("sandbox_")
    assert program(secret).get("/mine/").status_code == 403
    assert key.sandbox


def test_a_minute_of_units_begins_with_the_first_call_and_stays(account, clock):
    key, _ = api_keys.issue_key(account, "Shop", rate_limit=5)
    begun = clock()
    assert api_keys.take_units(key, 2)
    clock.passes(seconds=30)
    assert api_keys.take_units(key, 3)
    assert (key.minute_began, key.minute_units) == (begun, 5)
    assert not api_keys.take_units(key, 1)
    assert key.minute_units == 5
    clock.passes(seconds=30)
    assert api_keys.take_units(key, 1)
    assert (key.minute_began, key.minute_units) == (clock(), 1)


def test_more_than_a_minute_holds_is_never_begun(account, clock):
    key, _ = api_keys.issue_key(account, "Shop", rate_limit=5)
    assert not api_keys.take_units(key, 6)
    assert key.minute_units == 0


@pytest.mark.django_db(transaction=True)
def test_calls_at_once_do_not_pass_the_limit_together(account, together):
    key, _ = api_keys.issue_key(account, "Shop", rate_limit=5)
    taken = together(lambda _: api_keys.take_units(ApiKey.objects.get(pk=key.pk), 1))
    assert sum(answer is True for answer in taken) == 5


def test_the_account_page_makes_a_key_with_its_bounds(browser, account, alice):
    form = {"name": "Shop", "rate_limit": "50", "days": "7", "scopes": ["removebg", "account"]}
    page = said(browser, "/account/keys/", form)
    key = ApiKey.objects.get()
    assert (key.rate_limit, key.scopes, key.sandbox) == (50, ["removebg", "account"], False)
    assert key.user == alice
    assert timedelta(days=6) < key.expires - timezone.now() < timedelta(days=8)
    assert "alice@example.com" in page
    assert "removebg, account" in text(browser.get("/account/"))


def test_a_wrong_bound_is_said_and_makes_no_key(browser, account):
    assert "greater than or equal to 1" in said(
        browser, "/account/keys/", {"name": "Shop", "days": "0"}
    )
    assert "Give the key a name" in said(browser, "/account/keys/", {"name": ""})
    assert not ApiKey.objects.exists()


def test_a_keys_secret_is_shown_once_and_not_kept(browser, account):
    page = said(browser, "/account/keys/", {"name": "Shop", "monthly_cap": "9"})
    secret = re.search(r"psk_[\w-]{40,}", page)[0]
    assert api_keys.find(secret).account == account
    assert api_keys.find(secret).monthly_cap == 9
    assert secret not in text(browser.get("/account/"))
    assert secret not in str(list(ApiKey.objects.values()))
    said(browser, f"/account/keys/{ApiKey.objects.get().pk}/revoke/", {})
    assert api_keys.find(secret) is None
    assert api_keys.find("psk_unknown") is None


def test_nobody_revokes_anothers_key(browser):
    bob = payers.user_account(User.objects.create_user("bob@example.com"))
    key, secret = api_keys.issue_key(bob, "His")
    said(browser, f"/account/keys/{key.pk}/revoke/", {})
    assert api_keys.find(secret) == key
