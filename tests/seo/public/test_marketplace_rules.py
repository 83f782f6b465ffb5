from dataclasses import replace

import pytest

from seo.public import marketplace_rules
from tools.definition import marketplaces

AMAZON = marketplaces.BY_SLUG["amazon"]


def test_a_marketplace_that_we_do_not_know_has_no_rules():
    assert marketplace_rules.of("no-such-marketplace") is None


@pytest.mark.parametrize("market", marketplaces.MARKETPLACES, ids=lambda market: market.slug)
def test_every_rule_that_we_check_is_told_with_its_source(market):
    found = marketplace_rules.of(market.slug)
    assert found["sources"]
    said = dict(found["rows"])
    assert ("Background" in said) == (market.white is not None)
    assert ("The product fills" in said) == bool(market.fill[0])
    assert ("File size, at most" in said) == bool(market.most_bytes)


def test_what_nobody_publishes_is_not_told():
    bare = replace(AMAZON, smallest=None, smallest_side=None, largest_side=None, white=None)
    bare = replace(bare, fill=(0, 0), aspect=None, most_bytes=None, text_allowed=None)
    assert [what for what, _ in marketplace_rules.rows(bare)] == ["Recommended size", "File"]


@pytest.mark.parametrize(
    ("size", "words"), [(500_000, "500 KB"), (10 * marketplaces.MEGABYTE, "10 MB")]
)
def test_a_files_weight_is_in_the_unit_that_reads(size, words):
    assert marketplace_rules.weight(size) == words
