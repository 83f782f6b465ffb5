"""The editor's addresses. Each is: whose is it, one call, one answer."""

from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts import visitors
from tools import attempts, charges, exports, files, presenting, quotes, registry, uploads
from tools.answers import says_errors, tagged
from tools.errors import NoPhotoError, PhotoGoneError
from tools.models import Attempt, Export, Photo

ENGINE_PREFIX = "engine."
OURS = {"photo", "tool", "parent", "sample", "csrfmiddlewaretoken"}


@require_POST
@says_errors
def receive(request: HttpRequest) -> HttpResponse:
    return JsonResponse(presenting.photo_with_attempts(received(request)), status=201)


def received(request: HttpRequest) -> Photo:
    """The photo that the post brings: an upload, or the name of a sample."""
    upload = request.FILES.get("file")
    if upload is not None:
        name, said = upload.name or "photo", upload.content_type or ""
        return uploads.receive(visitors.ensure(request), upload, name=name, declared_type=said)
    if sample := request.POST.get("sample"):
        return uploads.receive_sample(visitors.ensure(request), sample)
    raise NoPhotoError


@require_GET
@says_errors
def photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    return tagged(request, presenting.photo_with_attempts(my_photo(request, photo_id)))


def my_photo(request: HttpRequest, photo_id: Any) -> Photo:
    found = uploads.find(visitors.current(request), photo_id)
    if found is None:
        raise PhotoGoneError
    return found


@require_POST
@says_errors
def delete_photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    uploads.delete(my_photo(request, photo_id))
    # A form without script wants a page to be on; the script wants to know that it is done.
    wants_page = "text/html" in request.headers.get("Accept", "")
    return redirect("home") if wants_page else HttpResponse(status=204)


@require_GET
def photo_preview(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    return picture(files.photo_preview(my_picture(request, photo_id).pk))


@require_GET
def photo_thumb(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    return picture(files.photo_thumb(my_picture(request, photo_id).pk))


@require_GET
def suggestion(request: HttpRequest, photo_id: UUID, scene: str) -> HttpResponse:
    return picture(files.suggestion(my_picture(request, photo_id).pk, scene))


def my_picture(request: HttpRequest, photo_id: UUID) -> Photo:
    found = uploads.find(visitors.current(request), photo_id)
    if found is None:
        raise Http404
    return found


def picture(name: str) -> HttpResponse:
    """A WebP of the visitor's own; it never changes under its address."""
    if not default_storage.exists(name):
        raise Http404
    headers = {"Cache-Control": "private, max-age=86400, immutable"}
    stored = default_storage.open(name, "rb")
    return FileResponse(stored, content_type="image/webp", headers=headers)  # type: ignore[return-value]  # a streaming answer is one


@require_POST
@says_errors
def start(request: HttpRequest) -> HttpResponse:
    found = my_photo(request, request.POST.get("photo"))
    return JsonResponse(presenting.attempt(started(request, found)), status=201)


def started(request: HttpRequest, found: Photo, slug: str = "") -> Attempt:
    """The attempt that the post asks for."""
    visitor = visitors.ensure(request)
    slug = slug or request.POST.get("tool", "")
    return attempts.start(
        found,
        slug,
        with_pictures(request, registry.get(slug), settings(request)),
        wanted=engines(request),
        parent=attempts.find(visitor, request.POST.get("parent") or None),
        payer=charges.account_of(visitor, request.META.get("REMOTE_ADDR", "")),
    )


def settings(request: HttpRequest) -> dict[str, Any]:
    """The tool's own fields of a post or a query."""
    given = request.POST if request.method == "POST" else request.GET
    return {
        name: given.getlist(name) if len(given.getlist(name)) > 1 else given[name]
        for name in given
        if name not in OURS and not name.startswith(ENGINE_PREFIX)
    }


def with_pictures(
    request: HttpRequest, tool: registry.Tool, given: dict[str, Any]
) -> dict[str, Any]:
    """The settings, with the visitor's own photos in place of their ids."""
    for name in tool.pictures() & given.keys():
        if given[name]:
            other = my_photo(request, given[name])
            size = {"width": other.width, "height": other.height}
            given[name] = {"digest": other.digest, **size}
    return given


def engines(request: HttpRequest) -> dict[str, str]:
    given = request.POST if request.method == "POST" else request.GET
    found = (name for name in given if name.startswith(ENGINE_PREFIX))
    return {name.removeprefix(ENGINE_PREFIX): given[name] for name in found}


@require_GET
@says_errors
def attempt(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return tagged(request, presenting.attempt(mine(request, attempt_id)))


def mine(request: HttpRequest, attempt_id: UUID) -> Attempt:
    found = attempts.find(visitors.current(request), attempt_id)
    if found is None:
        raise PhotoGoneError
    return found


@require_POST
@says_errors
def cancel(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = mine(request, attempt_id)
    attempts.cancel(found)
    found.refresh_from_db()
    return JsonResponse(presenting.attempt(found))


@require_POST
@says_errors
def delete(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    attempts.delete(mine(request, attempt_id))
    return HttpResponse(status=204)


@require_GET
def attempt_preview(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return picture(files.attempt_preview(attempt_of(request, attempt_id).pk))


@require_GET
def attempt_thumb(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return picture(files.attempt_thumb(attempt_of(request, attempt_id).pk))


def attempt_of(request: HttpRequest, attempt_id: UUID) -> Attempt:
    found = attempts.find(visitors.current(request), attempt_id)
    if found is None:
        raise Http404
    return found


@require_GET
def attempt_map(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    return picture(files.attempt_map(attempt_of(request, attempt_id).pk))


@require_POST
@says_errors
def make_export(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    found = mine(request, attempt_id)
    made = exports.start(found, exports.options(request.POST.dict()))
    return JsonResponse(presenting.export(made), status=201)


@require_GET
@says_errors
def export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    return tagged(request, presenting.export(my_export(request, export_id)))


def my_export(request: HttpRequest, export_id: UUID) -> Export:
    found = exports.find(visitors.current(request), export_id)
    if found is None:
        raise PhotoGoneError
    return found


@require_GET
def export_file(request: HttpRequest, export_id: UUID) -> HttpResponse:
    found = exports.find(visitors.current(request), export_id)
    if found is None or not found.file or not default_storage.exists(found.file):
        raise Http404
    answer = FileResponse(
        default_storage.open(found.file, "rb"),
        as_attachment=True,
        filename=exports.file_name(found),
        content_type=exports.MIME[found.format],
    )
    answer["Cache-Control"] = "private, no-store"
    return answer  # type: ignore[return-value]  # a streaming answer is one


@require_GET
def all_mine(request: HttpRequest) -> HttpResponse:
    found = uploads.living(visitors.current(request))
    return tagged(request, {"photos": [presenting.photo_with_attempts(row) for row in found]})


@require_GET
@says_errors
def quote(request: HttpRequest, slug: str) -> HttpResponse:
    found = my_photo(request, request.GET.get("photo"))
    tool = registry.get(slug)
    given = with_pictures(request, tool, settings(request))
    made = quotes.quote(tool, found, given, engines(request))
    payer = charges.account_of(visitors.ensure(request), request.META.get("REMOTE_ADDR", ""))
    return JsonResponse(quotes.said(made, payer))


@require_GET
@says_errors
def tool_settings(request: HttpRequest, slug: str) -> HttpResponse:
    tool = registry.get(slug)
    return render(request, "tools/_settings.html", quotes.settings_context(tool))
