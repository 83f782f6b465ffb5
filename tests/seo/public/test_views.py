import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from seo.models import KeywordPage, Version
from seo.public import sitemaps
from tools.definition import registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def starters():
    call_command("load_pages")


def test_every_tool_has_its_starter_page(client, starters):
    for slug in (tool.slug for tool in registry.list_offered()):
        page = client.get(f"/{slug}/")
        assert page.status_code == 200
        assert f'action="/work/{slug}/"' in page.content.decode()


def test_loading_again_leaves_what_a_marketer_wrote(starters):
    version = Version.objects.first()
    Version.objects.filter(pk=version.pk).update(title="By hand")
    call_command("load_pages")
    assert Version.objects.get(pk=version.pk).title == "By hand"
    assert KeywordPage.objects.count() == Version.objects.count()


def test_a_draft_and_a_later_version_are_not_shown(client, starters):
    page = KeywordPage.objects.get(locale="en", slug="remove-background")
    live = page.versions.get()
    for when in (None, timezone.now() + timedelta(days=1)):
        Version.objects.create(
            page=page,
            title="Soon",
            h1="Soon",
            lead="",
            description="",
            reviewer="Packshot",
            publish_at=when,
        )
    assert live.h1 in client.get("/remove-background/").content.decode()


def said(client, path):
    return client.get(path).content.decode()


def test_an_unknown_page_is_a_404(client):
    assert client.get("/no-such-thing/").status_code == 404


def test_an_address_that_is_nearly_one_names_the_page_that_it_is_like(client, write):
    write("white-background")
    write("marble-background")
    answer = client.get("/whit-backgrund/")
    assert answer.status_code == 404
    said = answer.content.decode()
    assert 'href="/white-background/"' in said
    assert client.get("/-/").status_code == 404


def test_a_hub_names_itself_in_every_language_that_it_holds_something_in(client, write):
    write("amazon", hub="marketplace", intent="amazon")
    write("amazon", "zh-hans", hub="marketplace", intent="amazon")
    said = client.get("/zh-hans/tools/marketplace/").content.decode()
    for tag, path in (("en", ""), ("zh-Hans", "/zh-hans")):
        assert f'hreflang="{tag}" href="http://testserver{path}/tools/marketplace/"' in said
    assert 'hreflang="de"' not in said


def test_a_hub_of_nothing_but_the_tools_is_the_list_of_tools(client, write):
    write("remove-background", "de")
    answer = client.get("/de/tools/task/")
    assert (answer.status_code, answer["Location"]) == (302, "/de/tools/")


def test_a_page_sets_no_cookie_and_names_itself(client, starters):
    answer = client.get("/remove-background/")
    assert not answer.cookies
    assert '<link rel="canonical" href="http://testserver/remove-background/">' in (
        answer.content.decode()
    )


def test_the_sitemap_lists_every_page(client, starters):
    parts = re.findall(r"<loc>http://testserver(.+?)</loc>", said(client, "/sitemap.xml"))
    text = "".join(said(client, part) for part in parts)
    for page in KeywordPage.objects.all():
        assert f"http://testserver{page.get_absolute_url()}</loc>" in text
    own = len(sitemaps.OWN) * len(settings.LANGUAGES)
    # Three hubs in two languages and one in four; the others have nothing but the tools themselves.
    hubs = 3 * 2 + 4
    assert text.count("</url>") == KeywordPage.objects.count() + own + hubs
    assert "<loc>http://testserver/zh-hans/tools/marketplace/</loc>" in text
    assert "/de/tools/marketplace/" not in text
