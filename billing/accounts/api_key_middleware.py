"""API key middleware: who a program is, by `Authorization: Bearer psk_…`."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from accounts import visitors
from billing.accounts import api_keys
from billing.models import ApiKey

SCHEME = "bearer"
# Addresses that another's contract describes: how they are asked, and how they refuse, is in it.
FOREIGN_CONTRACT = "/v1.0/"


def by_key(get_response: Callable[[HttpRequest], HttpResponseBase]) -> visitors.Answer:
    """Let a key speak for its account, and nobody else: with a key, cookies count for nothing."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME or request.path_info.startswith(FOREIGN_CONTRACT):
            return get_response(request)
        key = api_keys.find(secret.strip())
        if key is None:
            words = _("This key is unknown or was revoked. Make one on the account page.")
            refusal = JsonResponse({"error": "bad-key", "words": words}, status=401)
            refusal["WWW-Authenticate"] = "Bearer"
            return refusal
        if key.sandbox or not api_keys.is_allowed(key, api_keys.TOOLS):
            # What is made at these addresses bears no mark, and none of it is free.
            words = _("This key is not for these addresses: it has not been given that scope.")
            return JsonResponse({"error": "key-scope", "words": words}, status=403)
        request.user = AnonymousUser()
        request._api_key = key  # type: ignore[attr-defined]  # noqa: SLF001  kept for this one request
        visitors.act_as(request, api_keys.visitor_of(key))
        return get_response(request)

    return middleware


def read_api_key(request: HttpRequest) -> ApiKey | None:
    """The key that the request came with."""
    return getattr(request, "_api_key", None)
