"""A tool's settings and what they would cost."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tools.definition import registry
from tools.pricing import lineage, quotes
from tools.web import ownership, request_params, settings_panel
from tools.web.responses import says_errors


@require_GET
@says_errors
def quote(request: HttpRequest, slug: str) -> HttpResponse:
    found = ownership.photo(request, request.GET.get("photo"))
    tool = registry.get(slug)
    given = request_params.with_pictures(request, tool, request_params.settings(request))
    parent = ownership.parent(request, request.GET.get("parent"))
    before = lineage.before(parent, found, tool.slug)
    made = quotes.quote(tool, found, given, request_params.engines(request), before)
    return JsonResponse(quotes.said(made, ownership.payer(request).account))


@require_GET
@says_errors
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    tool = registry.get(slug)
    return render(request, "tools/_settings.html", settings_panel.settings_context(tool))
