"""Answers in the form of the contract: bytes or JSON, headers that clients read, errors."""

import base64
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from billing.accounts import api_keys
from billing.errors import CapReachedError, OutOfCreditsError
from billing.models import ApiKey
from tools.errors import TooManyError
from tools.models import Call
from tools.storage import files
from tools.web.removebg import waiting
from tools.web.removebg.refusals import RefusedCallError

logger = logging.getLogger(__name__)

JSON = "application/json; charset=utf-8"
ANYBODY = {"Access-Control-Allow-Origin": "*"}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "X-Api-Key, Authorization, Content-Type, Accept",
    "Access-Control-Max-Age": "86400",
}
# What pages of other sites may read.
EXPOSED = (
    "X-Width, X-Height, X-Max-Width, X-Max-Height, X-Type, X-Foreground-Top, X-Foreground-Left, "
    "X-Foreground-Width, X-Foreground-Height, X-Credits-Charged, X-RateLimit-Limit, "
    "X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After"
)
View = Callable[[HttpRequest], HttpResponse]


def speaks_contract(*methods: str) -> Callable[[View], View]:
    """Answer every error in the contract's envelope, and let pages of other sites ask."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answering(request: HttpRequest) -> HttpResponse:
            # Pictures do not pack, and some clients do not unpack what they did not ask for.
            request.META.pop("HTTP_ACCEPT_ENCODING", None)
            if request.method == "OPTIONS":
                return HttpResponse(status=204, headers=ANYBODY | PREFLIGHT)
            response = answer_or_refuse(request, view, methods)
            for name, value in ANYBODY.items():
                response[name] = value
            response["Access-Control-Expose-Headers"] = EXPOSED
            return response

        return answering

    return decorate


def answer_or_refuse(request: HttpRequest, view: View, methods: tuple[str, ...]) -> HttpResponse:
    try:
        check_method(request, methods)
        return view(request)
    except RefusedCallError as error:
        refused = error
    except (OutOfCreditsError, CapReachedError):
        refused = RefusedCallError("insufficient_credits", 402)
    except TooManyError:
        refused = waiting.not_ready()
    except Exception:
        # A program is told in the contract's own form, never by a page.
        logger.exception("A call of %s failed", request.path)
        refused = RefusedCallError("internal_error", 500)
    response = JsonResponse(refused.body(), status=refused.status, content_type=JSON)
    if refused.retry_after is not None:
        response["Retry-After"] = str(refused.retry_after)
        if key := getattr(request, "_calling_key", None):
            add_headers(response, rate_headers(key))
    return response


def check_method(request: HttpRequest, methods: tuple[str, ...]) -> None:
    if methods and request.method not in methods:
        raise RefusedCallError("method_not_allowed", 405)


def require_key(request: HttpRequest, scope: str) -> ApiKey:
    """The key of the request. Raises RefusedCallError."""
    secret = request.headers.get("X-Api-Key", "").strip()
    if not secret:
        title = "API Key invalid" if "Authorization" in request.headers else "Missing API Key"
        raise RefusedCallError("auth_failed", 403, title=title)
    key = api_keys.find(secret)
    if key is None or not api_keys.is_allowed(key, scope):
        raise RefusedCallError("auth_failed", 403)
    request._calling_key = key  # type: ignore[attr-defined]  # noqa: SLF001  for the headers of its refusals
    return key


def take_units(key: ApiKey, units: int) -> None:
    """Raises RefusedCallError where the key's minute has no room for so many megapixels."""
    if api_keys.take_units(key, units):
        return
    now = waiting.read_clock()
    began = key.minute_began.timestamp() if key.minute_began else now
    left = began + api_keys.MINUTE.total_seconds() - now
    raise RefusedCallError("rate_limit_exceeded", 429, retry_after=max(1, int(left) + 1))


def rate_headers(key: ApiKey) -> dict[str, int]:
    began = key.minute_began.timestamp() if key.minute_began else waiting.read_clock()
    return {
        "X-RateLimit-Limit": key.rate_limit,
        "X-RateLimit-Remaining": max(0, key.rate_limit - key.minute_units),
        "X-RateLimit-Reset": int(began + api_keys.MINUTE.total_seconds()),
    }


def add_headers(response: HttpResponse, headers: dict[str, Any]) -> None:
    for name, value in headers.items():
        response[name] = str(value)


def wants_json(request: HttpRequest) -> bool:
    """Whether JSON is all that is asked for: some libraries name it before `*/*` unasked."""
    kinds = [
        kind.partition(";")[0].strip() for kind in request.headers.get("Accept", "").split(",")
    ]
    return "application/json" in kinds and not any(
        kind == "*/*" or kind.startswith("image/") for kind in kinds
    )


def hand_out(request: HttpRequest, call: Call, key: ApiKey) -> HttpResponse:
    """The file of a call whose attempt is done, as it is asked for."""
    said = call.attempt.facts["call"]
    top, left, width, height = said["foreground"]
    data = files.read_file(call.file)
    if wants_json(request):
        result = {
            "result_b64": base64.b64encode(data).decode(),
            "foreground_top": top,
            "foreground_left": left,
            "foreground_width": width,
            "foreground_height": height,
        }
        response: HttpResponse = JsonResponse({"data": result}, content_type=JSON)
    else:
        response = HttpResponse(data, content_type=said["content_type"])
    add_headers(
        response,
        {
            "X-Width": said["width"],
            "X-Height": said["height"],
            "X-Max-Width": call.options["most"][0],
            "X-Max-Height": call.options["most"][1],
            **({"X-Type": call.options["type"]} if call.options["type"] else {}),
            "X-Foreground-Top": top,
            "X-Foreground-Left": left,
            "X-Foreground-Width": width,
            "X-Foreground-Height": height,
            "X-Credits-Charged": call.charge,
            **rate_headers(key),
            "Cache-Control": "private, no-store",
        },
    )
    return response
