"""The account of a request, and the credit counter that every page shows."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import visitors
from billing.accounts import payers, statements
from billing.accounts.api_key_middleware import read_api_key
from billing.accounts.statements import Balance
from billing.models import Account


def find_paying_account(request: HttpRequest) -> Account | None:
    """The account that pays for this browser; None before anything was done in it."""
    if key := read_api_key(request):
        return key.account
    if request.user.is_authenticated:
        return payers.account_of_user(request.user)
    visitor = visitors.find_visitor(request)
    return payers.account_of_visitor(visitor) if visitor is not None else None


def credit_counter(request: HttpRequest) -> dict[str, object]:
    """A context processor: `credits`, looked up only by pages that show it."""

    def look_up() -> Balance | None:
        account = find_paying_account(request)
        return statements.read_balance(account) if account else None

    return {"credits": SimpleLazyObject(look_up)}
