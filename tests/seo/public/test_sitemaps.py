import re
from datetime import timedelta

import pytest
from django.utils import timezone

from seo.models import Version
from seo.public import sitemaps

pytestmark = pytest.mark.django_db


def test_a_sitemap_tells_the_truth_to_the_second(text, write):
    when = timezone.now() - timedelta(days=3)
    version = write(publish_at=when)
    Version.objects.filter(pk=version.pk).update(updated=when)
    part = f"/sitemap-{version.page_id // sitemaps.A_PART}.xml"
    moment = f"<lastmod>{when:%Y-%m-%dT%H:%M:%SZ}</lastmod>"
    assert moment in text(part)
    assert part in text("/sitemap.xml")
    assert moment in text("/sitemap.xml")


def test_a_sitemap_names_languages_and_pictures(text, write):
    version = write("mugs", examples=[{"name": "blue-mug", "alt": "a mug"}])
    write("becher", "de", intent="mugs")
    part = text(f"/sitemap-{version.page_id // sitemaps.A_PART}.xml")
    assert 'hreflang="de" href="http://testserver/de/becher/"' in part
    assert 'hreflang="x-default" href="http://testserver/mugs/"' in part
    assert "<image:loc>http://testserver/examples/blue-mug/after.webp</image:loc>" in part


def test_a_draft_is_in_no_sitemap(text, write):
    write(publish_at=None)
    assert "cut-mugs" not in "".join(
        text(path) for path in re.findall(r"testserver(/sitemap.+?)<", text("/sitemap.xml"))
    )


@pytest.mark.parametrize("path", ["/llms.txt", "/site.webmanifest", "/changes.xml", "/changes/"])
def test_the_small_files_are_there(client, path):
    assert client.get(path).status_code == 200


def test_a_page_that_is_not_there_helps(client):
    answer = client.get("/de/gibt-es-nicht/")
    assert answer.status_code == 404
    assert "/de/tools/" in answer.content.decode()
