"""Page queries: keyword pages found, and the ones beside them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from difflib import get_close_matches
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Avg, Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from seo.models import Hub, KeywordPage, Redirect, Variant, Version
from tools.definition import registry
from tools.models import Rating

BESIDE = 6
# What of a mistyped address is looked for, and among how many pages: bots mistype, too.
LONG_ENOUGH, STEM, MOST_WORDS, LOOKED_AT = 4, 5, 4, 100


def live_versions() -> QuerySet[Version]:
    return Version.objects.filter(publish_at__lte=timezone.now())


def live_pages() -> QuerySet[KeywordPage]:
    """The pages that are there, each with the key of its live version as `live`."""
    newest = (
        live_versions().filter(page=OuterRef("pk")).order_by("-publish_at", "-pk").values("pk")[:1]
    )
    there = KeywordPage.objects.filter(removed=None)
    return there.annotate(live=Subquery(newest)).filter(live__isnull=False)


def live(locale: str, slug: str) -> Version | None:
    """The newest version of a page whose time has come."""
    come = live_versions().filter(page__locale=locale, page__slug=slug, page__removed=None)
    return come.select_related("page__intent").order_by("-publish_at", "-pk").first()


def versions(pages: Iterable[KeywordPage]) -> list[Version]:
    """The live versions of pages from `live_pages`, in their order."""
    keys: list[int] = [page.live for page in pages]  # type: ignore[attr-defined]  # by live_pages
    found = Version.objects.select_related("page__intent").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def list_live(locale: str) -> list[Version]:
    """The live version of every page of a locale, in the order in which the pages were made."""
    return versions(live_pages().filter(locale=locale).order_by("pk"))


def list_hub(locale: str, hub: str, start: int = 0, most: int = 200) -> list[Version]:
    """Live versions of one hub of a locale."""
    there = live_pages().filter(locale=locale, intent__hub=hub).order_by("intent_id")
    return versions(there[start : start + most])


def hub_locales(hub: str) -> list[str]:
    """The languages in which a hub holds more than the tools themselves, in the site's order."""
    come = KeywordPage.objects.exclude(intent__slug__in=registry.load_tools()).filter(
        removed=None, intent__hub=hub, versions__publish_at__lte=timezone.now()
    )
    return [code for code, _name in settings.LANGUAGES if come.filter(locale=code).exists()]


def near(locale: str, slug: str) -> list[Version]:
    """Live pages whose addresses are like one that is none."""
    words = [word for word in slug.lower().split("-") if len(word) >= LONG_ENOUGH][:MOST_WORDS]
    if not words:
        return []
    like = reduce(or_, (Q(slug__contains=word[:STEM]) for word in words))
    found = live_pages().filter(like, locale=locale)[:LOOKED_AT]
    best = get_close_matches(slug.lower(), [page.slug for page in found], n=3, cutoff=0.5)
    return versions(
        sorted((one for one in found if one.slug in best), key=lambda one: best.index(one.slug))
    )


def beside(version: Version) -> list[Version]:
    """Where to go on: what the page names, then its next neighbours of the same tool.

    The neighbours stand in a ring, so that where there is room for them every page is linked to.
    """
    page = version.page
    there = live_pages().filter(locale=page.locale).exclude(pk=page.pk).select_related("intent")
    order = {slug: place for place, slug in enumerate(version.related)}
    named = sorted(there.filter(intent__slug__in=order), key=lambda row: order[row.intent.slug])
    alike = there.filter(intent__tool=page.intent.tool).exclude(intent__slug__in=order)
    after = alike.filter(pk__gt=page.pk).order_by("pk")[:BESIDE]
    before = alike.filter(pk__lt=page.pk).order_by("pk")[:BESIDE]
    return versions([*named, *after, *before][:BESIDE])


def alternates(page: KeywordPage) -> list[tuple[str, str]]:
    """Every language that the intent has a page in, with its path; this page is among them."""
    there = live_pages().filter(intent_id=page.intent_id).order_by("pk")
    return [(row.locale, row.get_absolute_url()) for row in there]


def variant(page: KeywordPage) -> Variant | None:
    """What half of the page's visitors see instead, now."""
    return page.variants.filter(started__isnull=False, ended=None).first()


def moved(locale: str, slug: str) -> str | None:
    """Where the page that stood here is now."""
    found = Redirect.objects.filter(locale=locale, slug=slug).select_related("page").first()
    return found.page.get_absolute_url() if found and found.page.removed is None else None


def is_gone(locale: str, slug: str) -> bool:
    """Whether a page stood here, or a page that has moved since, that was removed for good."""
    here = {"locale": locale, "slug": slug}
    return (
        KeywordPage.objects.filter(**here, removed__isnull=False).exists()
        or Redirect.objects.filter(**here, page__removed__isnull=False).exists()
    )


def changed(version: Version) -> datetime:
    """When the words that are live now came to be seen."""
    published = version.publish_at or version.updated
    return max(published, min(version.updated, timezone.now()))


def rating(tool: str) -> tuple[float, int] | None:
    """The average and number of the stars that people gave a tool; None before the first."""
    found = Rating.objects.filter(tool=tool).aggregate(average=Avg("stars"), count=Count("pk"))
    return (found["average"], found["count"]) if found["count"] else None


def trail(page: KeywordPage) -> Sequence[tuple[str, str]]:
    """The names of addresses above a page, from the top: each with its one argument, or none."""
    hub = page.intent.hub
    return [("seo:tools", ""), *([("seo:tool-group", hub)] if hub != Hub.TASK else [])]
