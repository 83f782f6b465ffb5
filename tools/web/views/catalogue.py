"""API catalogue: every tool, its settings and what it costs, for programs."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from billing import prices
from foundation.origin import site_origin
from tools.definition import registry
from tools.pipeline.engines import list_engines_of_kind


@require_GET
def show_manual(request: HttpRequest) -> HttpResponse:
    """How programs call."""
    context = {"here": site_origin(request), "tools": registry.list_offered()}
    return render(request, "tools/api.html", context)


@require_GET
def list_tools(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"tools": [described(tool) for tool in registry.list_offered()]})


def described(tool: registry.Tool) -> dict[str, Any]:
    return {
        "slug": tool.slug,
        "name": str(tool.name),
        "settings": [setting(*item) for item in tool.form().fields.items()],
        "engines": [
            {
                "kind": kind,
                "name": engine.name,
                "version": engine.version,
                "licence": engine.licence,
                "commercial": engine.commercial,
                "credits_at_2_megapixels": prices.price_run(tool.slug, kind, engine.name, 2),
            }
            for kind in sorted(tool.all_kinds())
            for engine in list_engines_of_kind(kind)
        ],
        "start": reverse("tools:attempt-start"),
    }


def setting(name: str, field: forms.Field) -> dict[str, Any]:
    """A field as its form checks it."""
    said: dict[str, Any] = {
        "name": name,
        "kind": type(field).__name__.removesuffix("Field").lower(),
        "label": str(field.label or name),
        "default": field.initial,
        "required": field.required,
    }
    # None of ours is grouped.
    if choices := list(getattr(field.widget, "choices", ())):
        said["choices"] = [str(value) for value, _ in choices]
    for bound in ("min_value", "max_value"):
        if getattr(field, bound, None) is not None:
            said[bound] = getattr(field, bound)
    return said
