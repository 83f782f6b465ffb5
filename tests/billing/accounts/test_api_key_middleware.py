import pytest
from django.test import Client

from billing.accounts import api_keys, payers
from tests.billing.browsing import as_browser

pytestmark = pytest.mark.django_db


def asks(client, authorization):
    return client.get("/mine/", headers={"Authorization": authorization})


def test_a_key_that_is_unknown_or_revoked_is_told_so(account):
    key, secret = api_keys.issue_key(account, "Shop")
    assert asks(Client(), f"bearer {secret}").status_code == 200
    api_keys.revoke_key(account, key.pk)
    for wrong in (secret, "psk_unknown", ""):
        answer = asks(Client(), f"Bearer {wrong}")
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert answer.json()["error"] == "bad-key"


def test_with_a_key_the_cookies_of_a_browser_count_for_nothing(account, photo, visitor):
    _, secret = api_keys.issue_key(account, "Shop")
    browser = as_browser(visitor=visitor)
    assert len(browser.get("/mine/").json()["photos"]) == 1
    assert asks(browser, f"Bearer {secret}").json()["photos"] == []


def test_another_scheme_is_somebody_elses_business(visitor, photo):
    browser = as_browser(visitor=visitor)
    assert len(asks(browser, "Basic YTpi").json()["photos"]) == 1


def test_what_a_key_sends_is_one_visitors_from_its_first_use(account):
    key, secret = api_keys.issue_key(account, "Shop")
    first = api_keys.visitor_of(api_keys.find(secret))
    key.refresh_from_db()
    assert api_keys.visitor_of(key) == first
    assert payers.account_of_visitor(first) != account
