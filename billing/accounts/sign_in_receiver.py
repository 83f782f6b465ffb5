"""Sign-in receiver: what somebody had as a visitor becomes their user's."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import visitors
from accounts.models import User
from billing.accounts import payers


@receiver(user_logged_in, dispatch_uid="billing.accounts.sign_in_receiver")
def welcome(user: User, request: HttpRequest | None = None, **_: Any) -> None:
    visitor = visitors.find_visitor(request) if request is not None else None
    if visitor is not None:
        payers.signed_in(visitor, user)
