"""Moving here from remove.bg: its code rewritten, what is equal, what differs, what errors mean."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from billing import prices
from billing.limits import read_limits
from foundation.origin import site_origin
from tools.web.removebg.refusals import TITLES
from tools.web.removebg.snippets import rewrite_snippet

LONGEST = 20_000
STATUS = {
    "auth_failed": 403,
    "insufficient_credits": 402,
    "rate_limit_exceeded": 429,
    "not_ready": 429,
}
# What our own trouble and wrong addresses are called is nothing to look up.
UNTOLD = {"internal_error", "not_found", "method_not_allowed"}


@require_http_methods(["GET", "HEAD", "POST"])
def show_migration(request: HttpRequest) -> HttpResponse:
    here = site_origin(request)
    given = request.POST.get("code", "")[:LONGEST]
    context = {
        "here": here,
        "given": given,
        "rewritten": rewrite_snippet(given, here) if given else None,
        "errors": [
            (STATUS.get(code, 400), code, title)
            for code, title in sorted(TITLES.items())
            if code not in UNTOLD
        ],
        "free_previews": read_limits().free_previews_a_month,
        "packs": prices.PACKS,
    }
    return render(request, "tools/migrate.html", context)
