"""Files made from attempts: ordered, looked at, downloaded."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from tools.exports import files
from tools.pricing import charges
from tools.storage import download_names
from tools.web import ownership, serializers
from tools.web.responses import says_errors, tagged


@require_POST
@says_errors
def start(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = ownership.attempt(request, attempt_id)
    made = files.start(found, files.options(request.POST.dict()))
    return JsonResponse(serializers.export(made), status=201)


@require_GET
@says_errors
def export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    return tagged(request, serializers.export(ownership.export(request, export_id)))


@require_GET
@says_errors
def file(request: HttpRequest, export_id: UUID) -> HttpResponse:
    found = ownership.export(request, export_id)
    charges.check_kept([found.attempt])
    kind = files.MIME[found.format]
    answer = ownership.download(found.file, called=download_names.export(found), content_type=kind)
    files.taken(found)
    return answer
