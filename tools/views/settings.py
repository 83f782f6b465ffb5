"""A tool's settings and what they would cost."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tools import chain, pricing, registry, settings_panel
from tools.answers import says_errors
from tools.views import asked, mine


@require_GET
@says_errors
def quote(request: HttpRequest, slug: str) -> HttpResponse:
    found = mine.photo(request, request.GET.get("photo"))
    tool = registry.get(slug)
    given = asked.with_pictures(request, tool, asked.settings(request))
    parent = mine.parent(request, request.GET.get("parent"))
    before = chain.before(parent, found, tool.slug)
    made = pricing.quote(tool, found, given, asked.engines(request), before)
    return JsonResponse(pricing.said(made, mine.payer(request).account))


@require_GET
@says_errors
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    tool = registry.get(slug)
    return render(request, "tools/_settings.html", settings_panel.settings_context(tool))
