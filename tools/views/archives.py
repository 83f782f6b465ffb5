"""All favourites of a photo as one file: ordered, looked at, downloaded."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from tools import archives, charges, exports, naming, presenting
from tools.answers import says_errors, tagged
from tools.views import mine


@require_POST
@says_errors
def start(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    found = mine.photo(request, photo_id)
    made = archives.start(found, exports.options(request.POST.dict()))
    return JsonResponse(presenting.archive(made), status=201)


@require_GET
@says_errors
def archive(request: HttpRequest, archive_id: UUID) -> HttpResponse:
    return tagged(request, presenting.archive(mine.archive(request, archive_id)))


@require_POST
@says_errors
def cancel(request: HttpRequest, archive_id: UUID) -> HttpResponse:
    found = mine.archive(request, archive_id)
    archives.cancel(found)
    found.refresh_from_db()
    return JsonResponse(presenting.archive(found))


@require_GET
@says_errors
def file(request: HttpRequest, archive_id: UUID) -> HttpResponse:
    found = mine.archive(request, archive_id)
    charges.check_kept(export.attempt for export in found.exports.select_related("attempt"))
    called = naming.archive(found)
    answer = mine.download(found.file, called=called, content_type=archives.MIME)
    archives.taken(found)
    return answer
