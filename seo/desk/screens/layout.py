"""Layout of the desk's screens: what every one has around it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User, display_name
from seo.desk.editing import scheduled
from seo.models import KeywordPage

P = ParamSpec("P")
Screen = Callable[Concatenate[HttpRequest, P], HttpResponse]


def framed(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    around = {
        **admin.site.each_context(request),
        "title": title,
        "is_fullwidth": "1",
        "held_back": scheduled.held_back(),
    }
    return render(request, f"admin/seo/{template}", {**around, **context})


def allowed(permission: str) -> Callable[[Screen[P]], Screen[P]]:
    """Shut to staff without the permission."""

    def decorate(screen: Screen[P]) -> Screen[P]:
        @wraps(screen)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return screen(request, *args, **kwargs)

        return guarded

    return decorate


def user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  the admin lets nobody else in
    return request.user


def me(request: HttpRequest) -> str:
    """How whoever writes is named in versions."""
    return display_name(user(request))[:80]


def about(page: KeywordPage, tab: str) -> dict[str, Any]:
    """What the head over a page's screens needs."""
    return {"page": page, "tab": tab}
