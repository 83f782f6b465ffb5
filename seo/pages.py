"""Keyword pages: found, loaded from files."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from seo.models import Intent, KeywordPage, Version

STARTER = Path(__file__).parent / "starter"
PROJECT = "Packshot"


def live(locale: str, slug: str) -> Version | None:
    """The newest version of a page whose time has come."""
    come = Version.objects.filter(
        page__locale=locale, page__slug=slug, publish_at__lte=timezone.now()
    )
    return come.select_related("page__intent").order_by("-publish_at", "-pk").first()


def all_live(locale: str) -> list[Version]:
    """The live version of every page of a locale, in the order in which the pages were made."""
    found: dict[int, Version] = {}
    come = Version.objects.filter(page__locale=locale, publish_at__lte=timezone.now())
    for version in come.select_related("page__intent").order_by("publish_at", "pk"):
        found[version.page_id] = version
    return [found[key] for key in sorted(found)]


@transaction.atomic
def load(folder: Path) -> int:
    """Make sure of the pages that lie in a folder, one JSON file each; return how many are new.

    A page that is there already is left alone, whatever its words are by now.
    """
    made = 0
    for path in sorted(folder.glob("*.json")):
        made += ensure(json.loads(path.read_text(encoding="utf-8")))
    return made


def ensure(row: Mapping[str, Any]) -> bool:
    words = dict(row)
    named = {"name": words.pop("name"), "tool": words.pop("tool")}
    intent, _ = Intent.objects.get_or_create(slug=words.pop("intent"), defaults=named)
    intent.full_clean()
    address = {"locale": words.pop("locale"), "slug": words.pop("slug")}
    page, is_new = KeywordPage.objects.get_or_create(intent=intent, **address)
    if is_new:
        version = Version(
            page=page, author=PROJECT, reviewer=PROJECT, publish_at=timezone.now(), **words
        )
        version.full_clean()
        version.save()
    return is_new
