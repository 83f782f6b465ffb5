from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils.translation import get_language

from seo.models import Hub, Version
from seo.page_cache.store import may_be_kept
from seo.public import changelog, example_pairs, page_context, page_queries, social_card_path
from tools.definition import registry
from tools.storage import samples

FOREVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
A_PAGE = 120


@dataclass(frozen=True)
class Plain:
    """The page of a tool that nobody has written words for yet: its own name, and the tool."""

    title: str
    h1: str
    lead: str
    description: str
    lists: dict[str, list[Any]] = field(default_factory=dict)


@may_be_kept
def show_page(request: HttpRequest, slug: str) -> HttpResponse:
    locale = get_language() or settings.LANGUAGE_CODE
    if version := page_queries.live(locale, slug):
        return render(request, "seo/landing_page.html", page_context.page_context(request, version))
    if address := page_queries.moved(locale, slug):
        return HttpResponsePermanentRedirect(address)
    if page_queries.is_gone(locale, slug):
        return render(request, "410.html", status=HTTPStatus.GONE)
    if (tool := registry.load_tools().get(slug)) and tool.is_offered:
        words = Plain(str(tool.name), str(tool.name), f"{tool.doing}.", f"{tool.doing}.")
        return render(request, "seo/landing_page.html", page_context.plain(request, words, tool))
    if like := page_queries.near(locale, slug):
        return render(request, "404.html", {"near": like}, status=HTTPStatus.NOT_FOUND)
    raise Http404


@may_be_kept
def show_tools(request: HttpRequest) -> HttpResponse:
    """Every hub, the first of each."""
    return render(request, "tools/index.html", page_context.tools(request))


@may_be_kept
def show_hub(request: HttpRequest, name: str, number: int = 1) -> HttpResponse:
    """All pages of one hub, in pieces."""
    locale = get_language() or settings.LANGUAGE_CODE
    found = page_queries.list_hub(locale, name, (number - 1) * A_PAGE, A_PAGE + 1)
    if name not in Hub.values or not found:
        raise Http404
    if locale not in page_queries.hub_locales(name):
        return redirect("seo:tools")  # which shows the very same
    context = {"hub": name, "doors": page_context.pictured(found[:A_PAGE]), "number": number}
    more = len(found) > A_PAGE
    return render(
        request, "seo/hub.html", context | page_context.pieces(request, name, number, more)
    )


@may_be_kept
def show_licence(request: HttpRequest) -> HttpResponse:
    return render(request, "seo/licence.html", {"samples": list(samples.load_samples().values())})


@may_be_kept
def show_changelog(request: HttpRequest) -> HttpResponse:
    return render(request, "seo/changelog.html", {"changes": changelog.changes()})


def show_example_image(request: HttpRequest, name: str, file: str) -> HttpResponseBase:
    """A picture of an example. It never changes: what is made anew has another name."""
    side, _, suffix = file.partition(".")
    if side not in {"before", "after"} or suffix not in example_pairs.SUFFIXES:
        raise Http404
    try:
        opened = default_storage.open(example_pairs.example_path(name, file), "rb")
    except OSError:
        raise Http404 from None
    return FileResponse(opened, content_type=f"image/{suffix}", headers={"Cache-Control": FOREVER})


def show_social_card(request: HttpRequest, key: int) -> HttpResponseBase:
    """The picture that is shown where a page is shared; ours, until its own is drawn."""
    try:
        opened = default_storage.open(social_card_path.social_card_path(key), "rb")
    except OSError:
        get_object_or_404(Version, pk=key)
        return redirect(static("packshot/card.png"))
    return FileResponse(opened, content_type="image/png", headers={"Cache-Control": A_DAY})
