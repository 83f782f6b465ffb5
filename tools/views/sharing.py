"""A link for an attempt, and the page that it shows to anybody who has it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from tools import exports, files, links, naming, presenting, registry
from tools.answers import says_errors
from tools.errors import ShareEndedError
from tools.models import Link
from tools.registry import InvalidParamsError
from tools.views import asked, mine

# The address is the secret: it is kept out of search engines, logs of others and shared caches.
PRIVATE = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


@require_POST
@says_errors
def share(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = mine.attempt(request, attempt_id)
    download = request.POST.get("download", "0") == "1"
    link = links.share(found, download=download, hours=hours(request.POST.get("hours", "")))
    address = reverse("tools:shared", args=[links.token(link)])
    said = {"url": f"{asked.origin(request)}{address}", "expires": link.expires.isoformat()}
    return JsonResponse({**said, "download": link.download}, status=201)


def hours(given: str) -> int | None:
    """For how long. Raises InvalidParamsError; nothing given means as long as the photo lives."""
    if not given:
        return None
    if not given.isdecimal() or not 1 <= int(given[:5]) <= settings.PHOTO_HOURS:
        raise InvalidParamsError({"hours": [f"Between 1 and {settings.PHOTO_HOURS}."]})
    return int(given)


@require_POST
@says_errors
def unshare(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    links.revoke(mine.attempt(request, attempt_id))
    return HttpResponse(status=204)


def shown(view: Callable[[HttpRequest, Link], HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of what a token leads to; where it leads nowhere, that is what is said."""

    @wraps(view)
    def showing(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        try:
            answer = view(request, links.find(token), **kwargs)
        except ShareEndedError as error:
            context = {"words": presenting.words(error.id)}
            answer = render(request, "tools/share_ended.html", context, status=error.status)
        for name, value in PRIVATE.items():
            answer[name] = value
        return answer

    return showing


@require_GET
@shown
def page(request: HttpRequest, link: Link) -> HttpResponse:
    token = links.token(link)
    context = {
        "attempt": presenting.attempt(link.attempt),
        "photo": presenting.photo(link.attempt.photo),
        "tool": registry.get(link.attempt.tool),
        "link": link,
        "file": links.file(link),
        "before": reverse("tools:shared-before", args=[token]),
        "after": reverse("tools:shared-after", args=[token]),
        "download": reverse("tools:shared-file", args=[token]),
    }
    return render(request, "tools/share.html", context)


@require_GET
@shown
def before(_request: HttpRequest, link: Link) -> HttpResponse:
    return mine.picture(files.photo_preview(link.attempt.photo_id))


@require_GET
@shown
def after(_request: HttpRequest, link: Link) -> HttpResponse:
    return mine.picture(files.attempt_preview(link.attempt_id))


@require_GET
@shown
def file(_request: HttpRequest, link: Link) -> HttpResponse:
    found = links.file(link)
    if found is None:
        raise Http404
    called, kind = naming.export(found), exports.MIME[found.format]
    return mine.download(found.file, called=called, content_type=kind)
