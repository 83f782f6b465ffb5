import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from seo.models import Intent, KeywordPage

pytestmark = pytest.mark.django_db


def test_a_page_that_moves_leaves_one_hop(client, write):
    page = write("old").page
    for slug in ("newer", "newest"):
        page.slug = slug
        page.save()
    for former in ("/old/", "/newer/"):
        answer = client.get(former)
        assert answer.status_code == 301
        assert answer["Location"] == "/newest/"
    assert client.get("/newest/").status_code == 200


def test_a_page_that_moves_back_leaves_no_circle(client, write):
    page = write("here").page
    for slug in ("there", "here"):
        page.slug = slug
        page.save()
    assert client.get("/here/").status_code == 200
    assert client.get("/there/")["Location"] == "/here/"


def test_a_removed_page_is_gone_for_good(client, write):
    page = write("old").page
    page.slug = "new"
    page.removed = timezone.now()
    page.save()
    assert client.get("/new/").status_code == 410
    assert client.get("/old/").status_code == 410
    assert "/new/" not in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("slug", ["pricing", "tools", "de", "admin", "verify"])
def test_a_page_cannot_take_an_address_of_the_site(slug):
    intent = Intent.objects.create(slug="x", name="x", tool="remove-background")
    with pytest.raises(ValidationError):
        KeywordPage(intent=intent, slug=slug).full_clean()


def test_a_slug_that_begins_like_a_language_is_a_page(text, write):
    write("id-photo")
    assert '<html lang="en">' in text("/id-photo/")
