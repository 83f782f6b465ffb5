import re

import pytest

from accounts.models import User
from billing.accounts import api_keys, payers
from billing.models import ApiKey
from tests.billing.browsing import as_browser, said, text


@pytest.fixture
def browser(alice):
    return as_browser(alice)


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
