"""All favourites of a photo as one file: ordered, looked at, downloaded."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from tools.exports import files, zips
from tools.pricing import charges
from tools.storage import download_names
from tools.web import ownership, serializers
from tools.web.responses import says_errors, tagged


@require_POST
@says_errors
def start(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    found = ownership.photo(request, photo_id)
    made = zips.start(found, files.options(request.POST.dict()))
    return JsonResponse(serializers.archive(made), status=201)


@require_GET
@says_errors
def archive(request: HttpRequest, archive_id: UUID) -> HttpResponse:
    return tagged(request, serializers.archive(ownership.archive(request, archive_id)))


@require_POST
@says_errors
def cancel(request: HttpRequest, archive_id: UUID) -> HttpResponse:
    found = ownership.archive(request, archive_id)
    zips.cancel(found)
    found.refresh_from_db()
    return JsonResponse(serializers.archive(found))


@require_GET
@says_errors
def file(request: HttpRequest, archive_id: UUID) -> HttpResponse:
    found = ownership.archive(request, archive_id)
    charges.check_kept(export.attempt for export in found.exports.select_related("attempt"))
    called = download_names.archive(found)
    answer = ownership.download(found.file, called=called, content_type=zips.MIME)
    zips.taken(found)
    return answer
