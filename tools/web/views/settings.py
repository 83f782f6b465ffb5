"""Settings and quote views: a tool's settings and what they would cost."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tools.definition import registry
from tools.pricing import lineage, quotes
from tools.web import ownership, request_params, settings_panel
from tools.web.responses import says_errors

# More values of one setting than any tool has.
MOST = 100


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
def quote_all(request: HttpRequest, slug: str) -> HttpResponse:
    """What one attempt for each value of a setting costs in all; `over` names the setting, or the
    kind of engine.
    """
    found = ownership.own_photo(request, request.GET.get("photo"))
    tool = registry.get_tool(slug)
    name = request.GET.get("over", "")
    values = request.GET.getlist(name)[:MOST]
    given = request_params.tool_settings(request)
    engines = request_params.wanted_engines(request)
    kind = name.removeprefix(request_params.ENGINE_PREFIX)
    if kind != name:
        wishes = [(given, {**engines, kind: value}) for value in values]
    else:
        wishes = [({**given, name: value}, engines) for value in values]
    pictured = [
        (request_params.settings_with_pictures(request, tool, dict(params)), wanted)
        for params, wanted in wishes
    ]
    parent = ownership.own_parent(request, request.GET.get("parent"))
    before = lineage.recipes_before(parent, found, tool.slug)
    total = quotes.sum_credits(tool, found, pictured, before)
    return JsonResponse({"credits": total, "words": quotes.total_words(len(values), total)})


@require_GET
@says_errors
def show_settings(request: HttpRequest, slug: str) -> HttpResponse:
    tool = registry.get_tool(slug)
    return render(request, "tools/_settings.html", settings_panel.settings_context(tool))
