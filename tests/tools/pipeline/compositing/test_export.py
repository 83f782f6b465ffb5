import numpy as np
import pytest

from tools.definition.marketplaces import BY_SLUG, MARKETPLACES
from tools.pipeline import preflight
from tools.pipeline.compositing.export import fit_product_to_market


@pytest.mark.parametrize("slug", [market.slug for market in MARKETPLACES])
def test_what_is_laid_out_for_a_marketplace_passes_its_preflight(slug, bottle):
    photo, alpha = bottle()
    facts = BY_SLUG[slug].facts()
    made = fit_product_to_market(photo, alpha, market=facts, whole_scale=False)
    rows = preflight.check_market_rules(made["image"], market=facts, mask=made["mask"])
    assert [row for row in rows if not row["ok"]] == []


def test_the_canvas_is_the_recommended_size(bottle):
    photo, alpha = bottle()
    made = fit_product_to_market(photo, alpha, market=BY_SLUG["amazon"].facts())
    assert made["image"].shape == (2000, 2000, 3)


def test_a_product_near_the_size_keeps_its_own_pixels(bottle):
    photo, alpha = bottle(width=1600, height=2000, fill=0.8)
    made = fit_product_to_market(photo, alpha, market=BY_SLUG["amazon"].facts())
    assert made["scale"] == 1
    assert made["fill"] >= 0.85
    core = alpha == 255
    found = made["mask"] == 255
    assert np.array_equal(made["image"][found], photo[core])


def test_white_is_white_whatever_colour_is_asked_for(bottle):
    photo, alpha = bottle()
    made = fit_product_to_market(photo, alpha, market=BY_SLUG["amazon"].facts(), colour="#ff0000")
    assert (made["image"][made["mask"] == 0] == 255).all()
    red = fit_product_to_market(photo, alpha, market=BY_SLUG["etsy"].facts(), colour="#ff0000")
    assert (red["image"][red["mask"] == 0] == (255, 0, 0)).all()


def test_a_product_cut_off_below_stays_at_the_canvas_edge(cut_at):
    alpha = cut_at("bottom")
    photo = np.full((*alpha.shape, 3), 90, np.uint8)
    made = fit_product_to_market(photo, alpha, market=BY_SLUG["amazon"].facts())
    assert made["mask"][-1].any()
    assert not made["mask"][0].any()
