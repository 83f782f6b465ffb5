"""Share link views: a link for an attempt, and the page that it shows to anybody who has it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from foundation.origin import site_origin
from tools.definition import registry
from tools.definition.registry import InvalidParamsError
from tools.errors import ShareEndedError
from tools.exports import files as exports
from tools.exports import share_links
from tools.models import ShareLink
from tools.storage import download_names, files
from tools.web import ownership, serializers
from tools.web.responses import says_errors

# The address is the secret: it is kept out of search engines, logs of others and shared caches.
PRIVATE = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


@require_POST
@says_errors
def share_attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = ownership.own_attempt(request, attempt_id)
    download = request.POST.get("download", "0") == "1"
    link = share_links.share_attempt(
        found, download=download, hours=hours(request.POST.get("hours", ""))
    )
    address = reverse("tools:share-page", args=[share_links.sign_token(link)])
    said = {
        "url": f"{site_origin(request)}{address}",
        "expires": link.expires.isoformat(),
    }
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
def unshare_attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    share_links.revoke_link(ownership.own_attempt(request, attempt_id))
    return HttpResponse(status=204)


def shown(view: Callable[[HttpRequest, ShareLink], HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of what a token leads to; where it leads nowhere, that is what is said."""

    @wraps(view)
    def showing(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        try:
            answer = view(request, share_links.find_link(token), **kwargs)
        except ShareEndedError as error:
            context = {"words": serializers.error_words(error.id)}
            answer = render(request, "tools/share_ended.html", context, status=error.status)
        for name, value in PRIVATE.items():
            answer[name] = value
        return answer

    return showing


@require_GET
@shown
def show_shared_page(request: HttpRequest, link: ShareLink) -> HttpResponse:
    token = share_links.sign_token(link)
    context = {
        "attempt": serializers.serialize_attempt(link.attempt),
        "photo": serializers.serialize_photo(link.attempt.photo),
        "tool": registry.get_tool(link.attempt.tool),
        "link": link,
        "file": share_links.find_shared_file(link),
        "before": reverse("tools:share-before", args=[token]),
        "after": reverse("tools:share-after", args=[token]),
        "download": reverse("tools:share-file", args=[token]),
    }
    return render(request, "tools/share.html", context)


@require_GET
@shown
def show_before(_request: HttpRequest, link: ShareLink) -> HttpResponse:
    return ownership.picture_response(files.photo_preview_path(link.attempt.photo_id))


@require_GET
@shown
def show_after(_request: HttpRequest, link: ShareLink) -> HttpResponse:
    return ownership.result_response(link.attempt)


@require_GET
@shown
def download_shared(_request: HttpRequest, link: ShareLink) -> HttpResponse:
    found = share_links.find_shared_file(link)
    if found is None:
        raise Http404
    called, kind = download_names.export_name(found), exports.MIME[found.format]
    return ownership.download_response(found.file, called=called, content_type=kind)
