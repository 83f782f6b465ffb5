"""The price that the drop zone names is the price that a given photo costs."""

import re

import pytest

from seo import starter_pages
from tools.definition import registry
from tools.models import Photo
from tools.web import settings_panel

pytestmark = pytest.mark.django_db
ZONE = re.compile(r'data-run="(\d+)" data-included="(\d+)" data-step="(\d+)" data-times="(\d+)"')


@pytest.mark.parametrize(
    "slug", ["remove-background", "add-background", "enhance-photo", "expand-photo"]
)
@pytest.mark.parametrize("side", [1000, 2000, 3000, 5000])
def test_the_drop_zone_names_what_the_server_asks(browser, photo, says, text_of, slug, side):
    run, included, step, times = (int(one) for one in ZONE.search(text_of(f"/{slug}/")).groups())
    Photo.objects.filter(pk=photo.pk).update(width=side, height=side)
    asked = says(browser.get(f"/tools/{slug}/quote/", {"photo": str(photo.pk)}))["credits"]
    more = -(-(side * side / 1e6 - included) // step)
    assert asked == times * (run + max(0, more))


@pytest.fixture
def text_of(client):
    starter_pages.load_pages(starter_pages.STARTER)
    return lambda path: client.get(path).content.decode()


def test_the_words_say_it_and_where_a_hand_is_waited_for(text_of):
    page = text_of("/remove-background/")
    assert "built-in engine: 1 credit up to 4 megapixels, 1 more for each 8 beyond" in page
    page = text_of("/erase-object/")
    assert "Nothing starts before you press the button" in page
    assert not ZONE.search(page)


def test_what_waits_for_a_brush_or_has_no_built_in_engine_names_no_price():
    tools = registry.load_tools()
    assert settings_panel.price_at_once(tools["erase-object"]) is None
    assert settings_panel.price_at_once(tools["edit-by-words"]) is None
