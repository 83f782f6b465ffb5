"""Bookmark views: a star and a name for an attempt."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from tools.attempts import bookmarks
from tools.web import ownership, serializers
from tools.web.responses import says_errors


@require_POST
@says_errors
def set_favourite(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = ownership.own_attempt(request, attempt_id)
    bookmarks.set_favourite(found, on=request.POST.get("on", "1") != "0")
    return JsonResponse(serializers.serialize_attempt(found))


@require_POST
@says_errors
def set_title(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = ownership.own_attempt(request, attempt_id)
    bookmarks.rename_attempt(found, request.POST.get("title", ""))
    return JsonResponse(serializers.serialize_attempt(found))
