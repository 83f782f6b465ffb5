import re

import pytest

pytestmark = pytest.mark.django_db


def test_search_may_read_and_training_asks_the_operator(text, settings):
    robots = text("/robots.txt")
    assert "User-agent: GPTBot" in robots
    assert not re.search(r"User-agent: \*\nDisallow: /\n", robots)
    settings.TRAINING_BOTS = True
    assert "GPTBot" not in text("/robots.txt")


def test_what_belongs_to_one_visitor_is_closed_to_everybody(text):
    everybody = text("/robots.txt").partition("\n\n")[0].splitlines()
    assert everybody[0] == "User-agent: *"
    assert {"Disallow: /photos/", "Disallow: /s/", "Disallow: /admin/"} <= set(everybody)


def test_the_short_files_name_the_sites_own_address(text, settings):
    settings.ORIGIN = "https://shop.example"
    assert "Sitemap: https://shop.example/sitemap.xml" in text("/robots.txt")
    assert "https://shop.example/api/" in text("/llms.txt")
    assert f"after {settings.PHOTO_HOURS} hours" in text("/llms.txt")
