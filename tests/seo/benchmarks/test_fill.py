import pytest

from seo.benchmarks import fill
from seo.models import KeywordPage, Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(write, settings, monkeypatch):
    for code, _ in settings.LANGUAGES:
        write("remove-background", code, intent="remove-background", title=f"In {code}")
    monkeypatch.setattr(fill, "INTENTS", 3)
    monkeypatch.setattr(fill, "WARM", 5)
    return fill.fill()


def test_every_intent_has_a_page_in_every_language_like_the_one_there_is(filled, settings, client):
    pages = KeywordPage.objects.filter(intent__slug__startswith="intent-")
    assert pages.count() == 3 * len(settings.LANGUAGES)
    made = Version.objects.get(page__slug="intent-1", page__locale="de")
    assert made.title == "In de"
    assert len(filled) >= 5
    assert client.get(filled[0]).status_code == 200


def test_a_map_is_made_anew_each_time_that_it_is_timed(write, client):
    version = write()
    path = f"/sitemap-{version.page_id // 1000}.xml"
    first = fill.timed(client, "/sitemap.xml")
    assert first[0] >= 0
    assert first[1] > 100
    assert fill.timed(client, path)[1] > 0
