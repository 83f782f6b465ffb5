from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser

from billing.accounts import payers
from tests.billing.browsing import as_browser


def test_signing_in_merges_the_browsers_credits(visitor, alice, give, now_at, rf):
    give(8, to=payers.account_of_visitor(visitor))
    request = rf.get("/")
    client = as_browser(visitor=visitor)
    request.COOKIES = {name: cookie.value for name, cookie in client.cookies.items()}
    request.session, request.user = client.session, AnonymousUser()
    login(request, alice, "django.contrib.auth.backends.ModelBackend")
    assert now_at(payers.user_account(alice)) == (8, 0, 0)
    visitor.refresh_from_db()
    assert visitor.user == alice
