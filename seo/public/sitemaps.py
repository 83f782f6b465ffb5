"""Sitemap: an index of parts, each with the pages of one range of keys.

A page stays in its part for ever, so that a part's time is true and a look-up needs no offset.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import ExpressionWrapper, F, IntegerField, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from foundation.origin import site_origin
from seo import urls_by_locale
from seo.models import Hub, KeywordPage, Version
from seo.page_cache.store import may_be_kept
from seo.public.page_queries import hub_locales, live_pages

A_PART = 2_000  # with ten languages beside each address, about 3 MB
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
# Pages of our own that are worth finding, in every language.
OWN = ("home", "seo:tools", "pricing", "tools:api-docs", "tools:migrate", "tools:verify")


class Row(NamedTuple):
    intent: int
    locale: str
    slug: str
    published: datetime
    updated: datetime
    examples: list[dict[str, Any]]


@may_be_kept
def show_sitemap_index(request: HttpRequest) -> HttpResponse:
    """Every part that holds a page, with the time of the newest change in it."""
    origin, now = site_origin(request), timezone.now()
    removed = list(KeywordPage.objects.exclude(removed=None).values_list("pk", flat=True))
    there = Version.objects.exclude(page__in=removed).order_by()
    parts = there.annotate(part=ExpressionWrapper(F("page_id") / A_PART, IntegerField()))
    # The condition stands inside, so that the narrow index is read from end to end.
    come = Q(publish_at__lte=now)
    maxima = Max("publish_at", filter=come), Max("updated", filter=come)
    newest = parts.values_list("part").annotate(published=maxima[0], changed=maxima[1])
    rows = (
        f"<sitemap><loc>{origin}/sitemap-{number}.xml</loc>"
        f"{lastmod(max(published, min(updated, now)))}</sitemap>\n"
        for number, published, updated in newest.filter(published__isnull=False).order_by("part")
    )
    own = f"<sitemap><loc>{origin}/sitemap-own.xml</loc></sitemap>\n"
    return answer("sitemapindex", [own, *rows])


@may_be_kept
def show_own_sitemap(request: HttpRequest) -> HttpResponse:
    """The pages that are no rows."""
    origin, rows = site_origin(request), []
    everywhere = [code for code, _name in settings.LANGUAGES]
    shown: list[tuple[list[str], tuple[str, ...]]] = [(everywhere, (name,)) for name in OWN]
    shown += [(hub_locales(hub), ("seo:tool-group", hub)) for hub in Hub.values]
    for codes, name in shown:
        paths = [(code, urls_by_locale.named_path(code, *name)) for code in codes]
        others = links(origin, paths)
        rows += [f"<url><loc>{origin}{path}</loc>{others}</url>\n" for _code, path in paths]
    return answer("urlset", rows)


@may_be_kept
def show_sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    first, now = number * A_PART, timezone.now()
    rows = live_rows(first, first + A_PART)
    if not rows:
        raise Http404
    origin = site_origin(request)
    others = languages(origin, {row.intent for row in rows})
    return answer(
        "urlset",
        [
            f"<url><loc>{origin}{path(row.locale, row.slug)}</loc>"
            f"{lastmod(max(row.published, min(row.updated, now)))}"
            f"{others[row.intent]}{''.join(images(origin, row))}</url>\n"
            for row in rows
        ],
    )


def live_rows(first: int, end: int) -> list[Row]:
    """The live pages whose keys lie in a range. Older versions are passed over here, not in SQL."""
    come = Version.objects.filter(
        page__gte=first, page__lt=end, page__removed=None, publish_at__lte=timezone.now()
    )
    fields = ("page__intent_id", "page__locale", "page__slug", "publish_at", "updated", "examples")
    found = come.order_by("page_id", "publish_at", "pk").values_list("page_id", *fields)
    return list({page: Row(*values) for page, *values in found.iterator()}.values())


def languages(origin: str, intents: Collection[int]) -> dict[int, str]:
    """The links to all languages of these intents."""
    there = live_pages().filter(intent__gte=min(intents), intent__lte=max(intents))
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for intent, locale, slug in there.order_by("pk").values_list("intent_id", "locale", "slug"):
        found[intent].append((locale, path(locale, slug)))
    return {intent: links(origin, paths) for intent, paths in found.items()}


def links(origin: str, paths: list[tuple[str, str]]) -> str:
    named = [(urls_by_locale.language_tag(locale), where) for locale, where in paths]
    named += [("x-default", where) for locale, where in paths if locale == settings.LANGUAGE_CODE]
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href="{origin}{where}"/>'
        for tag, where in named
    )


def images(origin: str, row: Row) -> Iterator[str]:
    for item in (one for one in row.examples if not one.get("limit")):
        where = f"{origin}/examples/{item['name']}/after.webp"
        yield f"<image:image><image:loc>{where}</image:loc></image:image>"


def path(locale: str, slug: str) -> str:
    """As `urls_by_locale.page_path`, for tens of thousands: a slug needs no escaping."""
    return f"/{slug}/" if locale == settings.LANGUAGE_CODE else f"/{locale}/{slug}/"


def lastmod(moment: datetime) -> str:
    return f"<lastmod>{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>"


def answer(root: str, rows: list[str]) -> HttpResponse:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {SPACES}>\n'
    return HttpResponse(
        [head, *rows, f"</{root}>\n"], content_type="application/xml; charset=utf-8"
    )
