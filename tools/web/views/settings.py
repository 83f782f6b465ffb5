"""Settings and quote views: a tool's settings and what they would cost."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tools.definition import registry
from tools.pricing import lineage, quotes
from tools.web import ownership, request_params, settings_panel
from tools.web.responses import says_errors


@require_GET
@says_errors
def quote_attempt(request: HttpRequest, slug: str) -> HttpResponse:
    found = ownership.own_photo(request, request.GET.get("photo"))
    tool = registry.get_tool(slug)
    given = request_params.settings_with_pictures(
        request, tool, request_params.tool_settings(request)
    )
    parent = ownership.own_parent(request, request.GET.get("parent"))
    before = lineage.recipes_before(parent, found, tool.slug)
    made = quotes.quote_attempt(tool, found, given, request_params.wanted_engines(request), before)
    return JsonResponse(quotes.quote_words(made, ownership.request_payer(request)))


@require_GET
@says_errors
def show_settings(request: HttpRequest, slug: str) -> HttpResponse:
    tool = registry.get_tool(slug)
    return render(request, "tools/_settings.html", settings_panel.settings_context(tool))
