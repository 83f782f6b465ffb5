"""Locale middleware: the language is the one in the address, never one in a cookie.

What a page's script asks for has no language in its address; then the page that asks tells, by the
Referer that browsers send within a site. So a page stays the same for everybody, and cacheable.
"""

from collections.abc import AsyncIterator, Callable
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

# What has no languages, whoever asks: programs' addresses, and the desk.
ALIKE = ("/v1.0/", "/admin/")

Answer = Callable[[HttpRequest], HttpResponseBase]


def by_address(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        found = prefix(request.path_info)
        if found is None and (found := asking(request)):
            # Under its own language an address is found under that language's prefix only.
            request.path_info = f"/{found}{request.path_info}"
        with translation.override(found or settings.LANGUAGE_CODE):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        if isinstance(response, StreamingHttpResponse) and response.is_async:
            pieces = cast("AsyncIterator[bytes]", response.streaming_content)
            response.streaming_content = spoken(pieces, found or settings.LANGUAGE_CODE)
        return response

    return middleware


async def spoken(pieces: AsyncIterator[bytes], language: str) -> AsyncIterator[bytes]:
    """What is still to be written when the request is over, in its language."""
    while True:
        with translation.override(language):
            try:
                piece = await anext(pieces)
            except StopAsyncIteration:
                return
        yield piece


def prefix(path: str) -> str | None:
    """The language that a path begins with. Django's own takes /id-photo/ for Indonesian."""
    first = path.removeprefix("/").partition("/")[0]
    return first if first in dict(settings.LANGUAGES) and first != settings.LANGUAGE_CODE else None


def asking(request: HttpRequest) -> str | None:
    """The language of the page whose script or form asks; None where somebody opens a page."""
    referer = urlsplit(request.headers.get("Referer", ""))
    if request.path_info.startswith(ALIKE):
        return None
    asked = request.method == "POST" or request.headers.get("Sec-Fetch-Dest") == "empty"
    return prefix(referer.path) if asked and referer.netloc == request.get_host() else None
