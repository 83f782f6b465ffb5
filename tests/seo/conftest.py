from datetime import timedelta

import pytest
from django.utils import timezone

from seo.models import Intent, KeywordPage, Version
from seo.page_cache.store import SHELF


@pytest.fixture(autouse=True)
def empty_shelf():
    """Another test's copies are another database's."""
    SHELF.clear()


@pytest.fixture
def write(db):
    """Write a page that is live, or another version of it."""

    def write(slug="cut-mugs", locale="en", *, tool="remove-background", hub="task", **words):
        intent, _ = Intent.objects.get_or_create(
            slug=words.pop("intent", slug), defaults={"name": slug, "tool": tool, "hub": hub}
        )
        page, _ = KeywordPage.objects.get_or_create(intent=intent, locale=locale, slug=slug)
        texts = {"title": f"{slug} title", "h1": f"{slug} heading", "lead": "A lead."}
        given = {"description": "A description.", "reviewer": "Ada", **texts, **words}
        given.setdefault("publish_at", timezone.now() - timedelta(hours=1))
        version = Version(page=page, author="Ada", **given)
        version.full_clean()
        version.save()
        return version

    return write


@pytest.fixture
def text(client):
    """What stands at an address."""

    def text(path, **headers):
        return client.get(path, headers=headers).content.decode()

    return text
