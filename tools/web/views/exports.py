"""Export views: files made from attempts, ordered, looked at, downloaded."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from tools.exports import files
from tools.pricing import charges
from tools.storage import download_names
from tools.web import ownership, serializers
from tools.web.responses import etag_response, says_errors


@require_POST
@says_errors
def start_export(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = ownership.own_attempt(request, attempt_id)
    made = files.start_export(found, files.parse_options(request.POST.dict()))
    return JsonResponse(serializers.serialize_export(made), status=201)


@require_GET
@says_errors
def show_export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    return etag_response(
        request, serializers.serialize_export(ownership.own_export(request, export_id))
    )


@require_GET
@says_errors
def download_export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    found = ownership.own_export(request, export_id)
    charges.check_kept([found.attempt])
    kind = files.MIME[found.format]
    answer = ownership.download_response(
        found.file, called=download_names.export_name(found), content_type=kind
    )
    files.mark_downloaded(found)
    return answer
