"""Which language a request is answered in: the one in its address, never one in a cookie.

What a page's script asks for has no language in its address; then the page that asks tells, by the
Referer that browsers send within a site. So a page stays the same for everybody, and cacheable.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponseBase]


def by_address(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        with translation.override(language(request)):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
            return response

    return middleware


def language(request: HttpRequest) -> str:
    found = prefix(request.path_info)
    if found is None and is_asked_by_a_page(request):
        found = prefix(urlsplit(request.headers["Referer"]).path)
    return found or settings.LANGUAGE_CODE


def prefix(path: str) -> str | None:
    """The language that a path begins with. Django's own takes /id-photo/ for Indonesian."""
    first = path.removeprefix("/").partition("/")[0]
    return first if first in dict(settings.LANGUAGES) and first != settings.LANGUAGE_CODE else None


def is_asked_by_a_page(request: HttpRequest) -> bool:
    """Whether a script or a form of ours asks, rather than somebody who opens a page."""
    asked = request.method == "POST" or request.headers.get("Sec-Fetch-Dest") == "empty"
    return asked and urlsplit(request.headers.get("Referer", "")).netloc == request.get_host()
