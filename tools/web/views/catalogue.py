"""API catalogue: every tool, its settings and what it costs, for programs."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from billing import prices
from foundation.origin import site_origin
from tools.definition import registry
from tools.pipeline.engines import list_engines_of_kind

# The languages that the keyword pages about remove.bg come in.
WRITTEN_IN = {"en", "zh-hans", "ja", "de", "es", "pt-br"}


@require_GET
def show_manual(request: HttpRequest) -> HttpResponse:
    """How programs call."""
    context = {
        "here": site_origin(request),
        "tools": registry.list_offered(),
        "keyword_pages": list_keyword_pages(),
    }
    return render(request, "tools/api.html", context)


def list_keyword_pages() -> list[tuple[str, str]]:
    """The pages about moving here from remove.bg: what they are called, and where they are; in
    English where they were not written in the reader's language.
    """
    locale = get_language() or settings.LANGUAGE_CODE
    names = (
        ("remove-bg-alternative", _("An alternative to remove.bg")),
        ("remove-bg-api-replacement", _("A replacement for remove.bg's API")),
    )
    with override(locale if locale in WRITTEN_IN else settings.LANGUAGE_CODE):
        return [(name, reverse("seo:keyword-page", args=[slug])) for slug, name in names]


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
