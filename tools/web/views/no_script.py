"""The editor without JavaScript: a form posts, a page waits, a page shows."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts import visitors
from billing.errors import BillingError, FreeIsUsedUpError, OutOfCreditsError
from tools.attempts import lifecycle
from tools.definition import registry
from tools.definition.registry import InvalidParamsError, UnknownToolError
from tools.errors import NotFetchedError, ToolsError
from tools.exports import files
from tools.models import Job, Photo
from tools.photos import uploads
from tools.pipeline.errors import PipelineError
from tools.web import ownership, request_params, serializers, settings_panel
from tools.web.serializers import error_words
from tools.web.views.attempts import show_started
from tools.web.views.photos import show_received

# What is said of a photo's address on the web, not of a file.
OF_ADDRESS = frozenset(
    {"bad-address", "private-address", "unreachable", "timed-out", "too-many-redirects"}
)
# What is said of who pays.
OF_CREDITS = frozenset({OutOfCreditsError.id, FreeIsUsedUpError.id})


@require_POST
def start_without_script(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the photo, or go on with one that is here, and queue the attempt."""
    try:
        if photo_id := request.POST.get("photo"):
            photo = ownership.own_photo(request, photo_id)
        else:
            photo = show_received(request)
        attempt = show_started(request, photo, slug)
    except NotFetchedError:
        # From the web, and not here yet: its settings wait in the address.
        wanted = urlencode(request_params.tool_settings(request), doseq=True)
        return redirect(f"{reverse('tools:photo-processing', args=[slug, photo.pk])}?{wanted}")
    except (ToolsError, PipelineError, BillingError) as error:
        facts = error.facts if isinstance(error, ToolsError) else vars(error)
        return refused(request, slug, error_words(error.id, facts), error=error.id)
    except InvalidParamsError as error:
        return refused(request, slug, error_words(error.id), fields=error.fields)
    except UnknownToolError as error:
        raise Http404 from error
    return redirect("tools:attempt-page", attempt.pk)


@require_GET
def show_arriving(request: HttpRequest, slug: str, photo_id: UUID) -> HttpResponse:
    """A photo from the web: waited for, then shown with the form that begins the attempt."""
    photo = uploads.find_photo(visitors.find_visitor(request), photo_id)
    if photo is None or slug not in registry.load_tools():
        raise Http404
    said = serializers.serialize_photo(photo)
    if photo.state == Photo.State.REFUSED:
        return refused(request, slug, said["words"], error=photo.error)
    context = {
        "photo": said,
        "waiting": photo.state != Photo.State.READY,
        **settings_panel.settings_context(registry.get_tool(slug), request.GET.dict()),
    }
    return render(request, "tools/photo_processing.html", context)


def refused(
    request: HttpRequest,
    slug: str,
    said: str,
    *,
    error: str = "",
    fields: Mapping[str, list[str]] | None = None,
) -> HttpResponse:
    context = {
        "tool": registry.get_tool(slug),
        "words": said,
        "of_address": error in OF_ADDRESS,
        "of_credits": error in OF_CREDITS,
        "fields": fields,
    }
    return render(request, "tools/photo_refused.html", context, status=422)


@require_GET
def show_photo_page(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """The attempt as a page of its own, which asks again while it is not finished."""
    found = lifecycle.find_attempt(visitors.find_visitor(request), attempt_id)
    if found is None:
        raise Http404
    tool = registry.get_tool(found.tool)
    making = found.exports.filter(status__in=Job.OPEN).exists()
    context = {
        "photo": serializers.serialize_photo(found.photo),
        "attempt": serializers.serialize_attempt(found),
        "waiting": found.status in Job.OPEN or making,
        "siblings": serializers.photo_with_attempts(found.photo)["attempts"],
        **settings_panel.settings_context(tool, found.params),
    }
    return render(request, "tools/attempt.html", context)


@require_POST
def show_download(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Have the file made, then wait for it on the attempt's page."""
    found = lifecycle.find_attempt(visitors.find_visitor(request), attempt_id)
    if found is None:
        raise Http404
    try:
        given = request.POST.dict()
        if given.get("format") != "jpeg":
            # The form has one field for colour and no script to hide it: it is JPEG's alone.
            given.pop("colour", None)
        made = files.start_export(found, files.parse_options(given))
    except (ToolsError, InvalidParamsError) as error:
        return refused(request, found.tool, error_words(error.id))
    if made.status == Job.Status.DONE:
        return redirect("tools:export-file", made.pk)
    return redirect("tools:attempt-page", found.pk)
