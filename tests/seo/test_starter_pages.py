import json

import pytest

from seo import starter_pages
from seo.models import Example, KeywordPage, Version
from tools.definition import registry

pytestmark = pytest.mark.django_db
CORE = {"remove-background", "enhance-photo", "add-background"}
LOCALES = {"en", "zh-hans", "zh-hant", "ja", "ko", "es", "pt-br", "de", "fr", "id"}


def test_a_new_site_begins_with_its_pages(client):
    assert starter_pages.load_pages(starter_pages.STARTER) == 15 * 2 + 3 * 8 + 2 * 6
    for slug in CORE:
        pages = KeywordPage.objects.filter(intent__slug=slug)
        assert set(pages.values_list("locale", flat=True)) == LOCALES
    named = {item["name"] for version in Version.objects.all() for item in version.examples}
    assert named == set(Example.objects.values_list("name", flat=True))
    page = client.get("/zh-hans/amazon-main-image/").content.decode()
    assert "sellercentral.amazon.com" in page
    picture = client.get("/examples/cut-speckled-mug/after.avif")
    assert picture["Content-Type"] == "image/avif"
    assert b"".join(picture.streaming_content)
    assert starter_pages.load_pages(starter_pages.STARTER) == 0


def test_no_two_starter_pages_are_near_twins():
    for folder in ("en", "zh-hans"):
        texts = {
            path.stem: runs(path, folder)
            for path in (starter_pages.STARTER / folder).glob("*.json")
        }
        assert {tool.slug for tool in registry.list_offered()} <= set(texts)
        for one, its in texts.items():
            for other, others in texts.items():
                assert one == other or len(its & others) / len(its | others) < 0.1, (one, other)


def runs(path, folder):
    """The runs of four words of a page, of four signs where there are no words."""
    row = json.loads(path.read_text())
    said = " ".join(part for item in row["sections"] + row["questions"] for part in item.values())
    words = said.split() if folder == "en" else list(said)
    return {tuple(words[place : place + 4]) for place in range(len(words) - 3)}
