"""Photos: sent in, looked at, deleted."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from accounts import visitors
from tools.errors import NoPhotoError, TooManyFetchesError
from tools.models import Photo
from tools.photos import uploads
from tools.storage import files
from tools.web import ownership, serializers, throttle
from tools.web.responses import says_errors, tagged, wants_page

# From one network in so many seconds: nobody is to be flooded through us.
MOST_FETCHES, FETCHES_SECONDS = 60, 600


@require_POST
@says_errors
def receive(request: HttpRequest) -> HttpResponse:
    return JsonResponse(serializers.photo_with_attempts(received(request)), status=201)


def received(request: HttpRequest) -> Photo:
    """The photo that the post brings: an upload, a sample's name, or an address."""
    upload = request.FILES.get("file")
    if upload is not None:
        name, said = upload.name or "photo", upload.content_type or ""
        return uploads.receive(visitors.ensure(request), upload, name=name, declared_type=said)
    if sample := request.POST.get("sample"):
        return uploads.receive_sample(visitors.ensure(request), sample)
    if address := request.POST.get("url"):
        network = request.META.get("REMOTE_ADDR", "")
        if not throttle.within("fetch", network, most=MOST_FETCHES, seconds=FETCHES_SECONDS):
            raise TooManyFetchesError
        return uploads.receive_from(visitors.ensure(request), address)
    raise NoPhotoError


@require_GET
@says_errors
def photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    return tagged(request, serializers.photo_with_attempts(ownership.photo(request, photo_id)))


@require_POST
@says_errors
def delete(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    uploads.delete(ownership.photo(request, photo_id))
    return redirect("home") if wants_page(request) else HttpResponse(status=204)


@require_GET
@says_errors
def preview(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    return ownership.picture(files.photo_preview(ownership.photo(request, photo_id).pk))


@require_GET
@says_errors
def thumb(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    return ownership.picture(files.photo_thumb(ownership.photo(request, photo_id).pk))


@require_GET
@says_errors
def suggestion(request: HttpRequest, photo_id: UUID, scene: str) -> HttpResponse:
    return ownership.picture(files.suggestion(ownership.photo(request, photo_id).pk, scene))


@require_GET
@says_errors
def cut_out(request: HttpRequest, photo_id: UUID, name: str) -> HttpResponse:
    return ownership.picture(files.cut_out(ownership.photo(request, photo_id).pk, name))


@require_GET
def everything(request: HttpRequest) -> HttpResponse:
    found = uploads.living(visitors.current(request))
    return tagged(request, {"photos": [serializers.photo_with_attempts(row) for row in found]})
