"""Who is at the other end, to billing."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import visitors
from billing.accounts import payers, statements
from billing.accounts.api_key_middleware import key_of
from billing.accounts.statements import Balance
from billing.models import Account


def payer(request: HttpRequest) -> Account | None:
    """The account that pays for this browser; None before anything was done in it."""
    if key := key_of(request):
        return key.account
    if request.user.is_authenticated:
        return payers.account_of(request.user)
    visitor = visitors.current(request)
    return payers.account_for(visitor) if visitor is not None else None


def credit_counter(request: HttpRequest) -> dict[str, object]:
    """A context processor: `credits`, looked up only by pages that show it."""

    def look_up() -> Balance | None:
        account = payer(request)
        return statements.balance(account) if account else None

    return {"credits": SimpleLazyObject(look_up)}
