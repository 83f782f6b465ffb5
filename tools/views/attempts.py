"""Attempts: asked for, looked at, called off."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from tools import attempts, files, presenting, registry
from tools.answers import says_errors, tagged, wants_page
from tools.models import Attempt, Photo
from tools.views import asked, mine


@require_POST
@says_errors
def start(request: HttpRequest) -> HttpResponse:
    found = mine.photo(request, request.POST.get("photo"))
    return JsonResponse(presenting.attempt(started(request, found)), status=201)


def started(request: HttpRequest, found: Photo, slug: str = "") -> Attempt:
    """The attempt that the post asks for."""
    slug = slug or request.POST.get("tool", "")
    return attempts.start(
        found,
        slug,
        asked.with_pictures(request, registry.get(slug), asked.settings(request)),
        wanted=asked.engines(request),
        parent=mine.parent(request, request.POST.get("parent")),
        payer=mine.payer(request),
        page=asked.page(request),
    )


@require_GET
@says_errors
def attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return tagged(request, presenting.attempt(mine.attempt(request, attempt_id)))


@require_POST
@says_errors
def cancel(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = mine.attempt(request, attempt_id)
    attempts.cancel(found)
    found.refresh_from_db()
    return JsonResponse(presenting.attempt(found))


@require_POST
@says_errors
def delete(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = mine.attempt(request, attempt_id)
    attempts.delete(found)
    if not wants_page(request):
        return HttpResponse(status=204)
    left = found.photo.attempts.order_by("-created").first()
    return redirect("tools:work", left.pk) if left else redirect("home")


@require_GET
@says_errors
def preview(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return mine.picture(files.attempt_preview(mine.attempt(request, attempt_id).pk))


@require_GET
@says_errors
def look(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return mine.picture(files.attempt_look(mine.attempt(request, attempt_id).pk))


@require_GET
@says_errors
def thumb(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return mine.picture(files.attempt_thumb(mine.attempt(request, attempt_id).pk))


@require_GET
@says_errors
def behind(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    name = files.attempt_behind(mine.attempt(request, attempt_id).pk)
    return mine.picture(name, content_type="image/jpeg")


@require_GET
@says_errors
def heat(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return mine.picture(files.attempt_map(mine.attempt(request, attempt_id).pk))
