"""Responses that the account's forms have in common."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import User
from billing.accounts import payers, roles
from billing.accounts.roles import Right
from billing.models import Account


def user_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def my_account(request: HttpRequest, right: Right = Right.MONEY) -> Account:
    """The account that the user pays from, if they have the right. Raises PermissionDenied."""
    user = user_of(request)
    account = payers.account_of_user(user)
    if not roles.may(user, account, right):
        raise PermissionDenied(_("Only who looks after the team's money can do this."))
    return account


def answered(request: HttpRequest, said: str, *, ok: bool) -> HttpResponse:
    """Back to the account page, which says it; to a script, the words alone."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"words": said}, status=200 if ok else 409)
    messages.add_message(request, messages.SUCCESS if ok else messages.ERROR, said)
    return redirect("account")
