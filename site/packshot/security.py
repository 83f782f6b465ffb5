"""Same-origin and content security policies: who may post, and what a page may load."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from foundation import import_map

Answer = Callable[[HttpRequest], HttpResponseBase]
# What is no page.
ALONE = "default-src 'none'; frame-ancestors 'none'"
# Pictures that other sites show when they speak of ours.
FOR_EVERYBODY = ("/static/", "/examples/", "/cards/", "/s/")
# What is asked here no cookie speaks for, but a key that the program sends itself: other sites' pages
# may ask too, as they could of the service whose contract it is.
FOR_PROGRAMS = "/v1.0/"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


def same_origin(get_response: Answer) -> Answer:
    """Refuse what another site's page makes a visitor's browser post.

    The browser says where a request comes from (Sec-Fetch-Site, Origin) and no page can forge
    that, so forms need no token and pages that hold them no cookie: they stay cacheable. A client
    that sends neither header is no browser, and carries no cookie that it was not given.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE_METHODS and is_foreign(request):
            return render(request, "403.html", status=403)
        return get_response(request)

    return middleware


def is_foreign(request: HttpRequest) -> bool:
    if request.path_info.startswith(FOR_PROGRAMS):
        return False
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is not None:
        return urlsplit(origin).netloc != request.get_host()
    return bool(request.COOKIES) and "Authorization" not in request.headers


def content_security_policy(get_response: Answer) -> Answer:
    """Say what a page may load: ours, and nothing inline but the import map, by its hash."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HttpResponse) and response.get("Content-Type", "").startswith(
            "text/html"
        ):
            own = desk_policy() if request.path_info.startswith("/admin/") else policy()
            if response.headers.get("X-Frame-Options") == "SAMEORIGIN":
                own = own.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
            response.headers.setdefault("Content-Security-Policy", own)
            response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=()")
        elif response.status_code != HTTPStatus.NOT_MODIFIED:  # that keeps the policy it came with
            # Pictures and JSON: nothing in them runs, and no other site's page shows them.
            response.headers.setdefault("Content-Security-Policy", ALONE)
        if not request.path_info.startswith(FOR_EVERYBODY):
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def policy() -> str:
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' '{import_map.import_map_hash()}'",
            "img-src 'self' blob: data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self' https://checkout.stripe.com https://billing.stripe.com",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types packshot",
        )
    )


# What the desk may load: no inline script, nothing from elsewhere. Its theme evaluates expressions
# that stand in its markup, writes its colours into a style element and fills templates by
# innerHTML; so these three are let go there, and only there.
DESK = (
    "default-src 'self'",
    "script-src 'self' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)


def desk_policy() -> str:
    return "; ".join(DESK)
