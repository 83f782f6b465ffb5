"""Photo views: sent in, looked at, deleted."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from accounts import visitors
from tools.errors import GivenBackError, NoPhotoError, TooManyFetchesError
from tools.models import Photo
from tools.photos import uploads
from tools.pricing import charges
from tools.storage import files
from tools.web import ownership, serializers, throttle
from tools.web.responses import etag_response, says_errors, wants_page

# What a picture is sent in for that a product is to stand in.
BACKGROUND = "background"
# From one network in so many seconds: nobody is to be flooded through us.
MOST_FETCHES, FETCHES_SECONDS = 60, 600


@require_POST
@says_errors
def receive_photo(request: HttpRequest) -> HttpResponse:
    return JsonResponse(serializers.photo_with_attempts(show_received(request)), status=201)


def show_received(request: HttpRequest) -> Photo:
    """The photo that the post brings: an upload, a sample's name, or an address."""
    upload = request.FILES.get("file")
    if upload is not None:
        name, said = upload.name or "photo", upload.content_type or ""
        return uploads.receive_upload(
            visitors.ensure_visitor(request),
            upload,
            name=name,
            declared_type=said,
            is_background=request.POST.get("purpose") == BACKGROUND,
        )
    if sample := request.POST.get("sample"):
        return uploads.receive_sample(visitors.ensure_visitor(request), sample)
    if address := request.POST.get("url"):
        network = request.META.get("REMOTE_ADDR", "")
        if not throttle.is_within_rate(
            "fetch", network, most=MOST_FETCHES, seconds=FETCHES_SECONDS
        ):
            raise TooManyFetchesError
        return uploads.receive_from(visitors.ensure_visitor(request), address)
    raise NoPhotoError


@require_GET
@says_errors
def show_photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    return etag_response(
        request, serializers.photo_with_attempts(ownership.own_photo(request, photo_id))
    )


@require_POST
@says_errors
def delete_photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    uploads.delete_photo(ownership.own_photo(request, photo_id))
    return redirect("home") if wants_page(request) else HttpResponse(status=204)


@require_GET
@says_errors
def show_preview(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    return ownership.picture_response(
        files.photo_preview_path(ownership.own_photo(request, photo_id).pk)
    )


@require_GET
@says_errors
def show_thumb(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    return ownership.picture_response(
        files.photo_thumb_path(ownership.own_photo(request, photo_id).pk)
    )


@require_GET
@says_errors
def show_suggestion(request: HttpRequest, photo_id: UUID, scene: str) -> HttpResponse:
    return ownership.picture_response(
        files.suggestion_path(ownership.own_photo(request, photo_id).pk, scene)
    )


@require_GET
@says_errors
def cut_out(request: HttpRequest, photo_id: UUID, name: str) -> HttpResponse:
    photo = ownership.own_photo(request, photo_id)
    if not charges.keeps_cut_out(photo, name):
        raise GivenBackError
    return ownership.picture_response(files.cut_out(photo.pk, name))


@require_GET
def list_photos(request: HttpRequest) -> HttpResponse:
    found = uploads.list_photos(visitors.find_visitor(request))
    return etag_response(request, {"photos": serializers.photos_with_attempts(found)})
