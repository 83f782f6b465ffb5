import numpy as np
import pytest

from tools.definition.marketplaces import BY_SLUG, MARKETPLACES
from tools.pipeline import preflight
from tools.pipeline.compositing.export import fit_product_to_market


@pytest.mark.parametrize("slug", [market.slug for market in MARKETPLACES])
def test_what_is_laid_out_for_a_marketplace_passes_its_preflight(slug, bottle):
    photo, alpha = bottle()
    facts = BY_SLUG[slug].facts()
    made = fit_product_to_market(photo, alpha, market=facts)
    rows = preflight.check_market_rules(made["image"], market=facts, mask=made["mask"])
    assert [row for row in rows if not row["ok"]] == []


@pytest.mark.parametrize("slug", [market.slug for market in MARKETPLACES])
def test_the_canvas_is_the_recommended_size(slug, bottle):
    photo, alpha = bottle()
    market = BY_SLUG[slug]
    made = fit_product_to_market(photo, alpha, market=market.facts())
    assert made["image"].shape == (market.recommended[1], market.recommended[0], 3)


def test_a_product_of_just_that_size_keeps_its_own_pixels():
    photo = np.random.default_rng(5).integers(0, 255, (2000, 1500, 3)).astype(np.uint8)
    alpha = np.zeros((2000, 1500), np.uint8)
    alpha[100:1900, 300:1200] = 255
    made = fit_product_to_market(photo, alpha, market=BY_SLUG["amazon"].facts())
    assert made["scale"] == 1
    assert np.array_equal(made["image"][made["mask"] == 255], photo[alpha == 255])


def test_the_paper_has_the_colour_that_was_asked_for(bottle):
    photo, alpha = bottle()
    plain = fit_product_to_market(photo, alpha, market=BY_SLUG["amazon"].facts())
    assert (plain["image"][plain["mask"] == 0] == 255).all()
    red = fit_product_to_market(photo, alpha, market=BY_SLUG["etsy"].facts(), colour="#ff0000")
    assert (red["image"][red["mask"] == 0] == (255, 0, 0)).all()


def test_a_product_cut_off_below_stays_at_the_canvas_edge(cut_at):
    alpha = cut_at("bottom")
    photo = np.full((*alpha.shape, 3), 90, np.uint8)
    made = fit_product_to_market(photo, alpha, market=BY_SLUG["amazon"].facts())
    assert made["mask"][-1].any()
    assert not made["mask"][0].any()
