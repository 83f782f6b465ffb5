"""Attempt views: asked for, looked at, called off."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tools.attempts import lifecycle
from tools.definition import registry
from tools.models import Attempt, Photo
from tools.pricing import charges
from tools.storage import files
from tools.web import ownership, request_params, serializers
from tools.web.responses import etag_response, says_errors, wants_page


@require_POST
@says_errors
def start_attempt(request: HttpRequest) -> HttpResponse:
    found, since = ownership.own_photo(request, request.POST.get("photo")), timezone.now()
    attempt = show_started(request, found)
    # The same as before is not made once more.
    status = 201 if attempt.created >= since else 200
    return JsonResponse(serializers.serialize_attempt(attempt), status=status)


def show_started(request: HttpRequest, found: Photo, slug: str = "") -> Attempt:
    """The attempt that the post asks for."""
    slug = slug or request.POST.get("tool", "")
    return lifecycle.start_attempt(
        found,
        slug,
        request_params.settings_with_pictures(
            request, registry.get_tool(slug), request_params.tool_settings(request)
        ),
        wanted=request_params.wanted_engines(request),
        parent=ownership.own_parent(request, request.POST.get("parent")),
        payer=ownership.request_payer(request),
        page=request_params.page_of_post(request),
    )


@require_GET
@says_errors
def show_attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return etag_response(
        request, serializers.serialize_attempt(ownership.own_attempt(request, attempt_id))
    )


@require_POST
@says_errors
def cancel_attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = ownership.own_attempt(request, attempt_id)
    lifecycle.cancel_attempt(found)
    found.refresh_from_db()
    return JsonResponse(serializers.serialize_attempt(found))


@require_POST
@says_errors
def delete_attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = ownership.own_attempt(request, attempt_id)
    lifecycle.delete_attempt(found)
    if not wants_page(request):
        return HttpResponse(status=204)
    left = found.photo.attempts.order_by("-created").first()
    return redirect("tools:attempt-page", left.pk) if left else redirect("home")


@require_GET
@says_errors
def show_preview(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return ownership.result_response(ownership.own_attempt(request, attempt_id))


@require_GET
@says_errors
def show_first_look(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return ownership.picture_response(files.attempt_first_look_path(kept(request, attempt_id).pk))


@require_GET
@says_errors
def show_thumb(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return ownership.picture_response(
        files.attempt_thumb_path(ownership.own_attempt(request, attempt_id).pk)
    )


@require_GET
@says_errors
def show_behind(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    name = files.attempt_behind_path(kept(request, attempt_id).pk)
    return ownership.picture_response(name, content_type="image/jpeg")


@require_GET
@says_errors
def show_heatmap(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return ownership.picture_response(files.attempt_map_path(kept(request, attempt_id).pk))


def kept(request: HttpRequest, attempt_id: UUID) -> Attempt:
    """The visitor's attempt. Raises GivenBackError when its credits went back."""
    found = ownership.own_attempt(request, attempt_id)
    charges.check_kept([found])
    return found
