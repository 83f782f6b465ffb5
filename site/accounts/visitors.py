"""Visitors: known by a signed cookie, set with the first thing they do."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts.models import Visitor

COOKIE = "visitor"
# Readable by script: tells a cached page that there is something to ask for. Holds no identity.
HINT = "has_photos"
# Readable too: there may be credits to show, of a visitor or of somebody signed in.
KNOWN = "known"
Answer = Callable[[HttpRequest], HttpResponseBase]


def find_visitor(request: HttpRequest) -> Visitor | None:
    """The visitor whose cookie this is, or nobody."""
    if not hasattr(request, "_visitor"):
        request._visitor = find(request)  # type: ignore[attr-defined]  # noqa: SLF001  kept for this one request
    found: Visitor | None = request._visitor  # type: ignore[attr-defined]  # noqa: SLF001  as above
    return found


def find(request: HttpRequest) -> Visitor | None:
    signed = request.get_signed_cookie(COOKIE, default="", max_age=settings.VISITOR_COOKIE_AGE)
    if not signed:
        return None
    try:
        visitor = Visitor.objects.select_related("user").filter(pk=signed).first()
    except ValidationError:
        return None
    # The cookie is no login: what belongs to somebody with an account is theirs while they are
    # signed in, and neither the next person at this computer's nor a thief's of the cookie.
    if visitor and visitor.user_id is not None and visitor.user != request.user:
        return None
    return visitor


def came_back(request: HttpRequest, within: timedelta) -> bool:
    """Whether this browser was first known on an earlier day, but no longer ago.

    The cookie's own date says so; whose it is, is not looked at.
    """
    now = timezone.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)

    def is_known_for_at_most(age: timedelta) -> bool:
        return bool(request.get_signed_cookie(COOKIE, default="", max_age=age))

    return is_known_for_at_most(within) and not is_known_for_at_most(now - midnight)


@receiver(user_logged_in, dispatch_uid="accounts.visitors.greet")
def greet(request: HttpRequest | None = None, **_: Any) -> None:
    if request is not None:
        request._signed_in = True  # type: ignore[attr-defined]  # noqa: SLF001  kept for this one request


@receiver(user_logged_out, dispatch_uid="accounts.visitors")
def forget(request: HttpRequest | None = None, **_: Any) -> None:
    """Who signs out leaves nothing behind in this browser."""
    if request is not None:
        request._forget_visitor = True  # type: ignore[attr-defined]  # noqa: SLF001  as above


def act_as(request: HttpRequest, visitor: Visitor) -> None:
    """This one request is that visitor's, whatever its cookie says."""
    request._visitor = visitor  # type: ignore[attr-defined]  # noqa: SLF001  as above


def ensure_visitor(request: HttpRequest) -> Visitor:
    """The visitor, made on the first call; the answer to this request carries the cookie."""
    visitor = find_visitor(request)
    if visitor is None:
        user = request.user if request.user.is_authenticated else None
        visitor = Visitor.objects.create(id=uuid.uuid4(), user=user)
        request._visitor = visitor  # type: ignore[attr-defined]  # noqa: SLF001  as above
        request._new_visitor = visitor  # type: ignore[attr-defined]  # noqa: SLF001  as above
    return visitor


def remember(get_response: Answer) -> Answer:
    """Send the cookie of a visitor that this request made."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if getattr(request, "_forget_visitor", False):
            response.delete_cookie(COOKIE, samesite="Lax")
            response.delete_cookie(HINT, samesite="Lax")
            response.delete_cookie(KNOWN, samesite="Lax")
        elif visitor := getattr(request, "_new_visitor", None):
            age, secure = settings.VISITOR_COOKIE_AGE, request.is_secure()
            response.set_signed_cookie(
                COOKIE, str(visitor.pk), max_age=age, httponly=True, samesite="Lax", secure=secure
            )
            response.set_cookie(HINT, "1", max_age=age, samesite="Lax", secure=secure)
        if any(hasattr(request, name) for name in ("_new_visitor", "_signed_in")):
            age, secure = settings.VISITOR_COOKIE_AGE, request.is_secure()
            response.set_cookie(KNOWN, "1", max_age=age, samesite="Lax", secure=secure)
        return response

    return middleware
