"""Verify page: a form takes a file, a page waits, a page says what was done to it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tools.credentials import checks
from tools.errors import NoPhotoError, ToolsError
from tools.models import Job
from tools.pipeline.errors import PipelineError
from tools.pipeline.intake.limits import MIB
from tools.storage import upload_limits
from tools.web import verdict_words


@require_http_methods(["GET", "HEAD", "POST"])
def start_verify(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return start(request)
    return page(request)


def start(request: HttpRequest) -> HttpResponse:
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise NoPhotoError
        check = checks.start_check(upload)
    except (ToolsError, PipelineError) as error:
        status = error.status if isinstance(error, ToolsError) else 422
        return page(request, status, refused=verdict_words.refusal_words(error.id))
    return redirect("tools:verify-result", check.pk)


@require_GET
@never_cache
def show_verify(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """What was found, on a page that asks again while nobody has looked."""
    check = checks.find_check(check_id)
    if check is None:
        raise Http404
    if check.status == Job.Status.DONE:
        return page(request, found=verdict_words.verdict_words(check))
    if check.status == Job.Status.FAILED:
        return page(request, refused=verdict_words.refusal_words(check.error))
    return page(request, waiting=True)


def page(request: HttpRequest, status: int = 200, **context: object) -> HttpResponse:
    megabytes = upload_limits.check_limits().bytes // MIB
    return render(request, "tools/verify.html", {"megabytes": megabytes, **context}, status=status)
