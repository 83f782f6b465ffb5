"""Sitemap benchmark: fills an empty site with pages; `seo.benchmarks.pages` runs it apart, since
a process has but one database. Prints JSON.
"""

import json
import os
import sys
import time
import tracemalloc
from typing import Any

import django

INTENTS = 5_000
WARM = 300  # so many pages are asked for again and again


def fill() -> list[str]:
    """Pages in every language for every intent, like those that are there; some of their paths."""
    from django.conf import settings
    from django.db import transaction

    from seo.models import Intent, KeywordPage, Version

    like = {
        page.locale: page.versions.get()
        for page in KeywordPage.objects.filter(intent__slug="remove-background")
    }
    locales = [code for code, _name in settings.LANGUAGES]
    with transaction.atomic():
        intents = Intent.objects.bulk_create(
            Intent(slug=f"intent-{number}", name=f"Intent {number}", tool="remove-background")
            for number in range(INTENTS)
        )
        pages = KeywordPage.objects.bulk_create(
            (
                KeywordPage(intent=intent, locale=locale, slug=intent.slug)
                for intent in intents
                for locale in locales
            ),
            batch_size=2_000,
        )
        Version.objects.bulk_create(
            (version(page, like[page.locale]) for page in pages), batch_size=500
        )
    return [page.get_absolute_url() for page in pages[:: len(pages) // WARM]]


def version(page: Any, like: Any) -> Any:
    fields = like._meta.concrete_fields  # noqa: SLF001  Django names it so
    names = [field.name for field in fields if field.name not in {"id", "page"}]
    return type(like)(page=page, **{name: getattr(like, name) for name in names})


def maps() -> list[dict[str, Any]]:
    """Each file of the sitemap, made anew: milliseconds, and the most memory that it took."""
    from django.test import Client

    client = Client()
    found = []
    for path in ("/sitemap.xml", "/sitemap-1.xml", "/sitemap-12.xml", "/sitemap-24.xml"):
        times = sorted(timed(client, path)[0] for _ in range(3))
        tracemalloc.start()
        size = timed(client, path)[1]
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        found.append({"what": path, "ms": times[1], "MB": size / 1e6, "memory": peak / 1e6})
    return found


def timed(client: Any, path: str) -> tuple[float, int]:
    from seo.page_cache.store import SHELF

    SHELF.clear()
    begun = time.process_time()
    size = len(client.get(path).content)
    return 1000 * (time.process_time() - begun), size


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "packshot.settings")
    django.setup()
    paths = fill()
    json.dump({"paths": paths, "maps": maps()}, sys.stdout)
