import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import visitors
from billing.accounts import api_keys, payers, request_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of(rf):
    """A request of a user, of a visitor, or of a program with a key."""

    def request_of(user=None, visitor=None, key=None):
        request = rf.get("/")
        request.user = user or AnonymousUser()
        visitors.act_as(request, visitor)
        if key:
            request._api_key = key
        return request

    return request_of


def test_who_did_nothing_has_no_account(request_of, django_assert_num_queries):
    assert request_account.find_paying_account(request_of()) is None


def test_a_key_pays_from_its_own_account_whoever_is_signed_in(request_of, account, visitor, alice):
    key, _ = api_keys.issue_key(account, "Shop")
    other = payers.account_of_visitor(visitor)
    assert request_account.find_paying_account(request_of(visitor=visitor)) == other
    assert request_account.find_paying_account(request_of(visitor=visitor, key=key)) == account
    assert request_account.find_paying_account(request_of(user=alice, visitor=visitor)) == account


def test_programs_have_nothing_free(request_of, account):
    key, _ = api_keys.issue_key(account, "Shop")
    assert request_account.find_free_day(request_of(), account) is not None
    assert request_account.read_balance(request_of(), account).free_today > 0
    assert request_account.find_free_day(request_of(key=key), account) is None
    assert request_account.read_balance(request_of(key=key), account).free_today == 0


def test_a_page_that_shows_no_credits_does_not_look_them_up(
    request_of, account, alice, django_assert_num_queries
):
    with django_assert_num_queries(0):
        counter = request_account.credit_counter(request_of(user=alice))
    assert counter["credits"].available > 0
