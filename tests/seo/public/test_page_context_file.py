"""What a page's download begins with: the marketplace, type and size that its words speak of."""

import re

import pytest
from django.core.exceptions import ValidationError

from seo import starter_pages
from seo.models import Intent, Version

pytestmark = pytest.mark.django_db
CHOSEN = re.compile(r'<option value="([^"]*)"[^>]* selected>')
TICKED = re.compile(r'<input[^>]*name="format" value="([a-z]+)" checked>')


def select(page, name):
    """The options that the server's HTML marks, of one list."""
    start = page.index(f'<select form="download" id="{name}"')
    return CHOSEN.findall(page[start : page.index("</select>", start)])


@pytest.fixture
def starter():
    starter_pages.load_pages(starter_pages.STARTER)


@pytest.mark.parametrize("locale", ["", "/zh-hans"])
@pytest.mark.parametrize(
    ("slug", "market"),
    [
        ("amazon-main-image", "amazon"),
        ("taobao-white-background", "taobao"),
        ("instagram-photos", "instagram-feed"),
    ],
)
def test_a_marketplaces_page_preselects_it(starter, text, locale, slug, market):
    page = text(f"{locale}/{slug}/")
    assert select(page, "market") == [market]
    assert TICKED.findall(page) == ["jpeg"]
    assert 'data-for="size" hidden' in page


def test_other_pages_preselect_nothing(starter, text):
    page = text("/remove-background/")
    assert select(page, "market") == select(page, "side") == []
    assert TICKED.findall(page) == ["png"]


def test_an_amazon_page_is_set_to_white_and_square_as_it_says(starter, text):
    page = text("/amazon-main-image/")
    assert re.search(r'<input type="radio" name="background" value="colour"[^>]* checked', page)
    assert '<input type="hidden" name="tool" value="add-background">' in page


def test_a_version_says_marketplace_type_and_size(text, write):
    write("mugs", file={"market": "etsy", "format": "webp"})
    assert select(text("/mugs/"), "market") == ["etsy"]
    assert TICKED.findall(text("/mugs/")) == ["webp"]
    write("cups", file={"side": 1600})
    assert select(text("/cups/"), "side") == ["1600"]
    write("pots", file={"side": 1234})
    assert select(text("/pots/"), "side") == ["1234"]


def test_the_marketplace_whose_rules_are_shown_is_preselected_unless_a_version_says_else(
    text, write
):
    Intent.objects.create(slug="mugs", name="Mugs", tool="add-background", marketplace="ebay")
    write("mugs", tool="add-background")
    assert select(text("/mugs/"), "market") == ["ebay"]
    write("mugs", tool="add-background", file={"market": ""})
    assert select(text("/mugs/"), "market") == []


@pytest.mark.parametrize(
    "file",
    [
        {"market": "nowhere"},
        {"format": "gif"},
        {"side": 3},
        {"side": "2000"},
        {"colour": "#ffffff"},
        ["amazon"],
    ],
)
def test_a_file_that_cannot_be_made_is_refused(write, file):
    with pytest.raises(ValidationError):
        write("mugs", file=file)
    assert not Version.objects.exists()
