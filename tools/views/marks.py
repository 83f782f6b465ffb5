"""A star and a name for an attempt."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from tools import marks, presenting
from tools.answers import says_errors
from tools.views import mine


@require_POST
@says_errors
def favourite(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = mine.attempt(request, attempt_id)
    marks.favour(found, on=request.POST.get("on", "1") != "0")
    return JsonResponse(presenting.attempt(found))


@require_POST
@says_errors
def title(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = mine.attempt(request, attempt_id)
    marks.rename(found, request.POST.get("title", ""))
    return JsonResponse(presenting.attempt(found))
