from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from seo import pages
from tools import registry, samples
from tools.quotes import settings_context


@dataclass(frozen=True)
class Plain:
    """The page of a tool that nobody has written words for yet: its own name, and the tool."""

    title: str
    h1: str
    lead: str
    description: str
    steps: list[str] = field(default_factory=list)
    sections: list[dict[str, str]] = field(default_factory=list)
    questions: list[dict[str, str]] = field(default_factory=list)


def page(request: HttpRequest, slug: str) -> HttpResponse:
    version = pages.live("en", slug)
    if version is not None:
        tool = registry.get(version.page.intent.tool)
        return shown(request, version, tool, version.preset, version.samples)
    if slug in registry.tools():
        tool = registry.get(slug)
        words = Plain(str(tool.name), str(tool.name), f"{tool.doing}.", f"{tool.doing}.")
        return shown(request, words, tool, {}, [])
    raise Http404


def shown(
    request: HttpRequest,
    words: Any,
    tool: registry.Tool,
    preset: dict[str, Any],
    chosen_samples: list[str],
) -> HttpResponse:
    context = {
        "page": words,
        "samples": chosen(chosen_samples),
        "limits": {
            "bytes": settings.PHOTO_MAX_BYTES,
            "megabytes": settings.PHOTO_MAX_BYTES // 2**20,
            "megapixels": settings.PHOTO_MAX_PIXELS // 10**6,
            "hours": settings.PHOTO_HOURS,
        },
        **settings_context(tool, preset),
    }
    return render(request, "seo/page.html", context)


def chosen(names: list[str]) -> list[samples.Sample]:
    """The page's own samples, or the first few when it names none."""
    there = samples.samples()
    return [there[name] for name in names if name in there] or list(there.values())[:6]


def tools(request: HttpRequest) -> HttpResponse:
    return render(request, "tools/index.html", {"pages": pages.all_live("en")})


def robots(request: HttpRequest) -> HttpResponse:
    site = request.build_absolute_uri("/sitemap.xml")
    private = "".join(
        f"Disallow: /{folder}/\n" for folder in ("photos", "attempts", "work", "admin")
    )
    return HttpResponse(f"User-agent: *\n{private}Sitemap: {site}\n", content_type="text/plain")
