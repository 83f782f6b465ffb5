"""A star and a name for an attempt."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from tools.attempts import bookmarks
from tools.web import ownership, serializers
from tools.web.responses import says_errors


@require_POST
@says_errors
def favourite(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = ownership.attempt(request, attempt_id)
    bookmarks.favour(found, on=request.POST.get("on", "1") != "0")
    return JsonResponse(serializers.attempt(found))


@require_POST
@says_errors
def title(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = ownership.attempt(request, attempt_id)
    bookmarks.rename(found, request.POST.get("title", ""))
    return JsonResponse(serializers.attempt(found))
