"""Ownership: a request may speak of the visitor's own, and nobody else's."""

from typing import Any, TypeVar
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from accounts import visitors
from billing.accounts.api_key_middleware import read_api_key
from tools.attempts import lifecycle
from tools.errors import PhotoGoneError
from tools.exports import files, zips
from tools.models import Archive, Attempt, Export, Photo
from tools.photos import uploads
from tools.pricing import charges, paid_work
from tools.pricing.charges import Payer
from tools.storage import files as storage

Row = TypeVar("Row")


def request_payer(request: HttpRequest) -> Payer:
    """Who pays for what the request asks for: the key's account, or the visitor's; and the most
    that it may cost, where it says what stood on the screen.
    """
    said = request.POST.get("most", "")
    most = int(said[:9]) if said.isdecimal() else None
    if key := read_api_key(request):
        return Payer(key.account, key, most=most)
    address = request.META.get("REMOTE_ADDR", "")
    return charges.find_payer(visitors.ensure_visitor(request), address, most)


def own_photo(request: HttpRequest, photo_id: Any) -> Photo:
    return require_found(uploads.find_photo(visitors.find_visitor(request), identity(photo_id)))


def own_attempt(request: HttpRequest, attempt_id: Any) -> Attempt:
    return require_found(
        lifecycle.find_attempt(visitors.find_visitor(request), identity(attempt_id))
    )


def own_parent(request: HttpRequest, attempt_id: Any) -> Attempt | None:
    """The attempt that another goes on from, if one is named. Raises PhotoGoneError."""
    return own_attempt(request, attempt_id) if attempt_id else None


def own_export(request: HttpRequest, export_id: Any) -> Export:
    return require_found(files.find_export(visitors.find_visitor(request), export_id))


def own_zip(request: HttpRequest, archive_id: Any) -> Archive:
    return require_found(zips.find_zip(visitors.find_visitor(request), archive_id))


def identity(given: Any) -> UUID:
    """What is no id at all is nobody's. Raises PhotoGoneError."""
    try:
        return UUID(str(given))
    except ValueError:
        raise PhotoGoneError from None


def require_found(found: Row | None) -> Row:
    """What is dead and what is another's are the same from here. Raises PhotoGoneError."""
    if found is None:
        raise PhotoGoneError
    return found


def picture_response(name: str, content_type: str = "image/webp") -> HttpResponse:
    """A picture of the visitor's own; it never changes under its address."""
    headers = {"Cache-Control": "private, max-age=86400, immutable"}
    return stored(name, content_type=content_type, headers=headers)


def result_response(attempt: Attempt) -> HttpResponse:
    """The attempt's preview; small, and kept by nobody, once its credits went back."""
    if paid_work.given_back([attempt]):
        return stored(
            storage.attempt_thumb_path(attempt.pk),
            content_type="image/webp",
            headers={"Cache-Control": "private, no-store"},
        )
    return picture_response(storage.attempt_preview_path(attempt.pk))


def download_response(name: str, *, called: str, content_type: str) -> HttpResponse:
    headers = {"Cache-Control": "private, no-store"}
    return stored(
        name, as_attachment=True, filename=called, content_type=content_type, headers=headers
    )


def stored(name: str, **options: Any) -> HttpResponse:
    """A stored file, streamed; 404 when it is not there."""
    if not name or not default_storage.exists(name):
        raise Http404
    return FileResponse(default_storage.open(name, "rb"), **options)  # type: ignore[return-value]  # a streaming answer is one
