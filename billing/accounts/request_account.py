"""The account of a request, and the credit counter that every page shows."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import visitors
from accounts.models import User
from billing.accounts import free_allowance, payers, statements
from billing.accounts.api_key_middleware import read_api_key
from billing.accounts.statements import Balance
from billing.credits.free_spending import FreeDay
from billing.models import Account


def find_paying_account(request: HttpRequest) -> Account | None:
    """The account that pays for this browser; None before anything was done in it."""
    if key := read_api_key(request):
        return key.account
    if request.user.is_authenticated:
        return payers.account_of_user(request.user)
    visitor = visitors.find_visitor(request)
    return payers.account_of_visitor(visitor) if visitor is not None else None


def find_reader(request: HttpRequest) -> User | None:
    """Who looks at the account's rows: whoever is signed in, or whose key it is."""
    if key := read_api_key(request):
        return key.user
    return request.user if isinstance(request.user, User) else None


def find_free_day(request: HttpRequest, account: Account) -> FreeDay | None:
    """What the request's account may have free today; None for what comes with a key."""
    if read_api_key(request):
        return None
    address = request.META.get("REMOTE_ADDR", "")
    return free_allowance.find_free_day(account, address, find_reader(request))


def read_balance(request: HttpRequest, account: Account) -> Balance:
    return statements.read_balance(account, find_free_day(request, account))


def credit_counter(request: HttpRequest) -> dict[str, object]:
    """A context processor: `credits`, looked up only by pages that show it."""

    def look_up() -> Balance | None:
        account = find_paying_account(request)
        return read_balance(request, account) if account else None

    return {"credits": SimpleLazyObject(look_up)}
