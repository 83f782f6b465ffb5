"""Files made from attempts: ordered, looked at, downloaded."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from tools import charges, exports, naming, presenting
from tools.answers import says_errors, tagged
from tools.views import mine


@require_POST
@says_errors
def start(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = mine.attempt(request, attempt_id)
    made = exports.start(found, exports.options(request.POST.dict()))
    return JsonResponse(presenting.export(made), status=201)


@require_GET
@says_errors
def export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    return tagged(request, presenting.export(mine.export(request, export_id)))


@require_GET
@says_errors
def file(request: HttpRequest, export_id: UUID) -> HttpResponse:
    found = mine.export(request, export_id)
    charges.check_kept([found.attempt])
    kind = exports.MIME[found.format]
    answer = mine.download(found.file, called=naming.export(found), content_type=kind)
    exports.taken(found)
    return answer
