"""The same work without JavaScript: a form posts, a page waits, a page shows."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts import visitors
from billing.errors import BillingError
from tools import attempts, exports, presenting, quotes, registry, uploads
from tools.errors import NotFetchedError, ToolsError
from tools.models import Job, Photo
from tools.pipeline.errors import PipelineError
from tools.presenting import words
from tools.registry import InvalidParamsError, UnknownToolError
from tools.views import asked, mine
from tools.views.attempts import started
from tools.views.photos import received

# What is said of a photo's address on the web, not of a file.
OF_ADDRESS = frozenset(
    {"bad-address", "private-address", "unreachable", "timed-out", "too-many-redirects"}
)


@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the photo, or go on with one that is here, and queue the attempt."""
    try:
        if photo_id := request.POST.get("photo"):
            photo = mine.photo(request, photo_id)
        else:
            photo = received(request)
        attempt = started(request, photo, slug)
    except NotFetchedError:
        # From the web, and not here yet: its settings wait in the address.
        wanted = urlencode(asked.settings(request), doseq=True)
        return redirect(f"{reverse('tools:work-photo', args=[slug, photo.pk])}?{wanted}")
    except (ToolsError, PipelineError, BillingError) as error:
        facts = error.facts if isinstance(error, ToolsError) else vars(error)
        return refused(request, slug, words(error.id, facts), error=error.id)
    except InvalidParamsError as error:
        return refused(request, slug, words(error.id), fields=error.fields)
    except UnknownToolError as error:
        raise Http404 from error
    return redirect("tools:work", attempt.pk)


@require_GET
def arriving(request: HttpRequest, slug: str, photo_id: UUID) -> HttpResponse:
    """A photo from the web: waited for, then shown with the form that begins the attempt."""
    photo = uploads.find(visitors.current(request), photo_id)
    if photo is None or slug not in registry.tools():
        raise Http404
    said = presenting.photo(photo)
    if photo.state == Photo.State.REFUSED:
        return refused(request, slug, said["words"], error=photo.error)
    context = {
        "photo": said,
        "waiting": photo.state != Photo.State.READY,
        **quotes.settings_context(registry.get(slug), request.GET.dict()),
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
        "tool": registry.get(slug),
        "words": said,
        "of_address": error in OF_ADDRESS,
        "fields": fields,
    }
    return render(request, "tools/photo_refused.html", context, status=422)


@require_GET
def show(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """The attempt as a page of its own, which asks again while it is not finished."""
    found = attempts.find(visitors.current(request), attempt_id)
    if found is None:
        raise Http404
    tool = registry.get(found.tool)
    making = found.exports.filter(status__in=Job.OPEN).exists()
    context = {
        "photo": presenting.photo(found.photo),
        "attempt": presenting.attempt(found),
        "waiting": found.status in Job.OPEN or making,
        "siblings": presenting.photo_with_attempts(found.photo)["attempts"],
        **quotes.settings_context(tool, found.params),
    }
    return render(request, "tools/attempt.html", context)


@require_POST
def download(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """Have the file made, then wait for it on the attempt's page."""
    found = attempts.find(visitors.current(request), attempt_id)
    if found is None:
        raise Http404
    try:
        given = request.POST.dict()
        if given.get("format") != "jpeg":
            # The form has one field for colour and no script to hide it: it is JPEG's alone.
            given.pop("colour", None)
        made = exports.start(found, exports.options(given))
    except (ToolsError, InvalidParamsError) as error:
        return refused(request, found.tool, words(error.id))
    if made.status == Job.Status.DONE:
        return redirect("tools:export-file", made.pk)
    return redirect("tools:work", found.pk)
