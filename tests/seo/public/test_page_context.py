import re

import pytest
from django.utils.translation import gettext, override

from tools.definition.scene_names import NAMES
from tools.pipeline.scenes.registry import SCENES

pytestmark = pytest.mark.django_db
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="(.+?)" href="(.+?)">')


def test_every_language_of_a_page_lists_all_and_itself(text, write):
    write("mugs")
    write("becher", "de", intent="mugs")
    write("beizi", "zh-hans", intent="mugs")
    write("canecas", "pt-br", intent="mugs", publish_at=None)
    expected = {
        "en": "http://testserver/mugs/",
        "x-default": "http://testserver/mugs/",
        "de": "http://testserver/de/becher/",
        "zh-Hans": "http://testserver/zh-hans/beizi/",
    }
    for path in ("/mugs/", "/de/becher/", "/zh-hans/beizi/"):
        assert dict(ALTERNATE.findall(text(path))) == expected


def test_the_language_is_the_addresses_and_nobody_elses(client, write):
    write("mugs")
    client.cookies["django_language"] = "de"
    page = client.get(
        "/mugs/", headers={"accept-language": "de", "referer": "http://testserver/de/"}
    )
    assert "All tools" in page.content.decode()
    assert "Cookie" not in page["Vary"]
    assert "Accept-Language" not in page["Vary"]


def test_what_a_script_asks_for_comes_in_the_pages_language(client):
    path = "/tools/remove-background/settings/"
    asked = {"referer": "http://testserver/de/remove-background/", "sec-fetch-dest": "empty"}
    assert "Kante weicher" in client.get(path, headers=asked).content.decode()
    asked["referer"] = "https://elsewhere.example/de/"
    assert "Soften the edge" in client.get(path, headers=asked).content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/zh-hans/", "能直接上架的商品照片"),
        ("/zh-hant/", "商品原樣不變"),
        ("/ja/", "そのまま出品できる商品写真"),
        ("/ko/", "바로 팔 수 있는 상품 사진"),
        ("/es/", "listas para vender"),
        ("/pt-br/", "prontas para vender"),
        ("/de/", "fertig zum Verkaufen"),
        ("/fr/", "prêtes à vendre"),
        ("/id/", "siap jual"),
    ],
)
def test_the_first_page_speaks_every_language(text, path, words):
    assert words in text(path)


def test_every_scene_has_a_name_that_can_be_translated():
    assert set(NAMES) == {scene.name for scene in SCENES}
    with override("zh-hans"):
        assert gettext("Light marble") == "浅色大理石"
