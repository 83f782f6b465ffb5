"""Resumable upload views: begun, gone on with after a lost connection, whole."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts import visitors
from tools.errors import PartMisplacedError
from tools.models import Upload
from tools.photos import resumable
from tools.storage import files
from tools.web import ownership, serializers
from tools.web.responses import says_errors
from tools.web.views.photos import BACKGROUND

OFFSET = "Upload-Offset"


@require_POST
@says_errors
def begin_upload(request: HttpRequest) -> HttpResponse:
    given = request.POST
    size = given.get("bytes", "")
    made = resumable.begin_upload(
        visitors.ensure_visitor(request),
        name=given.get("name") or "photo",
        declared_type=given.get("type", ""),
        is_background=given.get("purpose") == BACKGROUND,
        size=int(size[:12]) if size.isdecimal() else 0,
    )
    return JsonResponse(said(made), status=201)


@require_http_methods(["GET", "PATCH"])
@says_errors
def receive_part(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Where an upload stands; with PATCH, after its next part. The photo comes with the last."""
    found = ownership.require_found(
        resumable.find_upload(visitors.find_visitor(request), upload_id)
    )
    if request.method == "PATCH":
        offset = request.headers.get(OFFSET, "")
        if not offset.isdecimal():
            raise PartMisplacedError(offset=found.received)
        # Nothing is sent by whoever did not hear the answer to the last part.
        if request.body:
            resumable.add_part(found, int(offset[:12]), request.body)
        found.photo = resumable.finish_upload(found)
    return JsonResponse(said(found), headers={"Cache-Control": "private, no-store"})


def said(row: Upload) -> dict[str, object]:
    return {
        "url": reverse("tools:upload-part", args=[row.pk]),
        "offset": row.received,
        "bytes": row.bytes,
        "part": files.PART_BYTES,
        "photo": serializers.photo_with_attempts(row.photo) if row.photo else None,
    }
