"""ZIP views: all favourites of a photo as one file, ordered, looked at, downloaded."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from tools.exports import files, zips
from tools.pricing import charges
from tools.storage import download_names
from tools.web import ownership, serializers
from tools.web.responses import etag_response, says_errors


@require_POST
@says_errors
def start_zip(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    found = ownership.own_photo(request, photo_id)
    made = zips.start_zip(found, files.parse_options(request.POST.dict()))
    return JsonResponse(serializers.serialize_zip(made), status=201)


@require_GET
@says_errors
def show_zip(request: HttpRequest, archive_id: UUID) -> HttpResponse:
    return etag_response(request, serializers.serialize_zip(ownership.own_zip(request, archive_id)))


@require_POST
@says_errors
def cancel_zip(request: HttpRequest, archive_id: UUID) -> HttpResponse:
    found = ownership.own_zip(request, archive_id)
    zips.cancel_zip(found)
    found.refresh_from_db()
    return JsonResponse(serializers.serialize_zip(found))


@require_GET
@says_errors
def download_zip(request: HttpRequest, archive_id: UUID) -> HttpResponse:
    found = ownership.own_zip(request, archive_id)
    charges.check_kept(export.attempt for export in found.exports.select_related("attempt"))
    called = download_names.zip_name(found)
    answer = ownership.download_response(found.file, called=called, content_type=zips.MIME)
    zips.mark_zip_downloaded(found)
    return answer
