import dataclasses
import json
import subprocess
import sys
from datetime import date

import pytest

from tools.definition.marketplaces import BY_SLUG, MARKETPLACES

WANTED = {
    "amazon",
    "ebay",
    "etsy",
    "shopify",
    "google-merchant",
    "taobao",
    "tiktok-shop",
    "shopee",
    "temu",
}


def test_the_marketplaces_that_sellers_use_are_there():
    assert set(BY_SLUG) >= WANTED
    assert {"instagram-feed", "instagram-square", "instagram-story"} <= set(BY_SLUG)


@pytest.mark.parametrize("market", MARKETPLACES, ids=lambda market: market.slug)
def test_every_fact_says_where_and_when_it_was_read(market):
    assert market.sources
    for source in market.sources:
        assert source.url.startswith(("https://", "http://"))
        date.fromisoformat(source.checked)


@pytest.mark.parametrize("market", MARKETPLACES, ids=lambda market: market.slug)
def test_what_we_recommend_is_allowed(market):
    width, height = market.recommended
    longest = max(width, height)
    least = market.smallest or (1, 1)
    assert width >= least[0]
    assert height >= least[1]
    assert (market.smallest_side or 1) <= longest <= (market.largest_side or longest)
    assert width * height <= (market.largest_pixels or width * height)
    if market.aspect:
        assert width * market.aspect[1] == height * market.aspect[0]


def test_facts_are_json():
    for market in MARKETPLACES:
        facts = json.loads(json.dumps(market.facts()))
        assert facts["slug"] == market.slug


def test_a_rule_cannot_be_changed_at_run_time():
    with pytest.raises(dataclasses.FrozenInstanceError):
        BY_SLUG["amazon"].white = False


def test_the_facts_load_no_library():
    code = "import sys, tools.definition.marketplaces; print({'numpy', 'cv2', 'django'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
