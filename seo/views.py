from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from seo import pages
from tools import registry, samples
from tools.quotes import settings_context


def page(request: HttpRequest, slug: str) -> HttpResponse:
    version = pages.live("en", slug)
    if version is None:
        raise Http404
    tool = registry.get(version.page.intent.tool)
    context = {
        "page": version,
        "canonical": settings.ORIGIN + version.page.get_absolute_url()
        if settings.ORIGIN
        else request.build_absolute_uri(version.page.get_absolute_url()),
        "samples": chosen(version.samples),
        "limits": {
            "bytes": settings.PHOTO_MAX_BYTES,
            "megabytes": settings.PHOTO_MAX_BYTES // 2**20,
            "megapixels": settings.PHOTO_MAX_PIXELS // 10**6,
            "hours": settings.PHOTO_HOURS,
        },
        **settings_context(tool, version.preset),
    }
    return render(request, "seo/page.html", context)


def chosen(names: list[str]) -> list[samples.Sample]:
    """The page's own samples, or the first few when it names none."""
    there = samples.samples()
    return [there[name] for name in names if name in there] or list(there.values())[:6]


def robots(request: HttpRequest) -> HttpResponse:
    site = request.build_absolute_uri("/sitemap.xml")
    private = "".join(
        f"Disallow: /{folder}/\n" for folder in ("photos", "attempts", "work", "admin")
    )
    return HttpResponse(f"User-agent: *\n{private}Sitemap: {site}\n", content_type="text/plain")
