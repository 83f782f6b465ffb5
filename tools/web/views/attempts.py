"""Attempts: asked for, looked at, called off."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from tools.attempts import lifecycle
from tools.definition import registry
from tools.models import Attempt, Photo
from tools.storage import files
from tools.web import ownership, request_params, serializers
from tools.web.responses import says_errors, tagged, wants_page


@require_POST
@says_errors
def start(request: HttpRequest) -> HttpResponse:
    found = ownership.photo(request, request.POST.get("photo"))
    return JsonResponse(serializers.attempt(started(request, found)), status=201)


def started(request: HttpRequest, found: Photo, slug: str = "") -> Attempt:
    """The attempt that the post asks for."""
    slug = slug or request.POST.get("tool", "")
    return lifecycle.start(
        found,
        slug,
        request_params.with_pictures(request, registry.get(slug), request_params.settings(request)),
        wanted=request_params.engines(request),
        parent=ownership.parent(request, request.POST.get("parent")),
        payer=ownership.payer(request),
        page=request_params.page(request),
    )


@require_GET
@says_errors
def attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return tagged(request, serializers.attempt(ownership.attempt(request, attempt_id)))


@require_POST
@says_errors
def cancel(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = ownership.attempt(request, attempt_id)
    lifecycle.cancel(found)
    found.refresh_from_db()
    return JsonResponse(serializers.attempt(found))


@require_POST
@says_errors
def delete(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = ownership.attempt(request, attempt_id)
    lifecycle.delete(found)
    if not wants_page(request):
        return HttpResponse(status=204)
    left = found.photo.attempts.order_by("-created").first()
    return redirect("tools:work", left.pk) if left else redirect("home")


@require_GET
@says_errors
def preview(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return ownership.picture(files.attempt_preview(ownership.attempt(request, attempt_id).pk))


@require_GET
@says_errors
def look(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return ownership.picture(files.attempt_look(ownership.attempt(request, attempt_id).pk))


@require_GET
@says_errors
def thumb(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return ownership.picture(files.attempt_thumb(ownership.attempt(request, attempt_id).pk))


@require_GET
@says_errors
def behind(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    name = files.attempt_behind(ownership.attempt(request, attempt_id).pk)
    return ownership.picture(name, content_type="image/jpeg")


@require_GET
@says_errors
def heat(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return ownership.picture(files.attempt_map(ownership.attempt(request, attempt_id).pk))
