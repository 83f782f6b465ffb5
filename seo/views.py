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

from seo import cards, examples, news, pages, showing
from seo.keeping import may_be_kept
from seo.models import Hub, Version
from tools import registry, samples

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
def page(request: HttpRequest, slug: str) -> HttpResponse:
    locale = get_language() or settings.LANGUAGE_CODE
    if version := pages.live(locale, slug):
        return render(request, "seo/landing_page.html", showing.page(request, version))
    if address := pages.moved(locale, slug):
        return HttpResponsePermanentRedirect(address)
    if pages.is_gone(locale, slug):
        return render(request, "410.html", status=HTTPStatus.GONE)
    if (tool := registry.tools().get(slug)) and tool.is_offered:
        words = Plain(str(tool.name), str(tool.name), f"{tool.doing}.", f"{tool.doing}.")
        return render(request, "seo/landing_page.html", showing.plain(request, words, tool))
    if like := pages.near(locale, slug):
        return render(request, "404.html", {"near": like}, status=HTTPStatus.NOT_FOUND)
    raise Http404


@may_be_kept
def tools(request: HttpRequest) -> HttpResponse:
    """Every shelf, the first of each."""
    return render(request, "tools/index.html", showing.tools(request))


@may_be_kept
def hub(request: HttpRequest, name: str, number: int = 1) -> HttpResponse:
    """All pages of one shelf, in pieces."""
    locale = get_language() or settings.LANGUAGE_CODE
    found = pages.on_shelf(locale, name, (number - 1) * A_PAGE, A_PAGE + 1)
    if name not in Hub.values or not found:
        raise Http404
    if locale not in pages.shelf_locales(name):
        return redirect("seo:tools")  # which shows the very same
    context = {"hub": name, "doors": showing.pictured(found[:A_PAGE]), "number": number}
    more = len(found) > A_PAGE
    return render(request, "seo/hub.html", context | showing.pieces(request, name, number, more))


@may_be_kept
def licence(request: HttpRequest) -> HttpResponse:
    return render(request, "seo/licence.html", {"samples": list(samples.samples().values())})


@may_be_kept
def changes(request: HttpRequest) -> HttpResponse:
    return render(request, "seo/changelog.html", {"changes": news.changes()})


def example(request: HttpRequest, name: str, file: str) -> HttpResponseBase:
    """A picture of an example. It never changes: what is made anew has another name."""
    side, _, suffix = file.partition(".")
    if side not in {"before", "after"} or suffix not in examples.SUFFIXES:
        raise Http404
    try:
        opened = default_storage.open(examples.path(name, file), "rb")
    except OSError:
        raise Http404 from None
    return FileResponse(opened, content_type=f"image/{suffix}", headers={"Cache-Control": FOREVER})


def card(request: HttpRequest, key: int) -> HttpResponseBase:
    """The picture that is shown where a page is shared; ours, until its own is drawn."""
    try:
        opened = default_storage.open(cards.path(key), "rb")
    except OSError:
        get_object_or_404(Version, pk=key)
        return redirect(static("packshot/card.png"))
    return FileResponse(opened, content_type="image/png", headers={"Cache-Control": A_DAY})
