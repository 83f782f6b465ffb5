import numpy as np
import pytest

from tools.definition.marketplaces import BY_SLUG, MARKETPLACES
from tools.pipeline import preflight
from tools.pipeline.compositing.export import (
    fit_product_to_market,
    fit_scene_to_market,
    place_on_market,
)
from tools.pipeline.compositing.fill import find_nearness
from tools.pipeline.compositing.placement import place_product
from tools.pipeline.scenes import registry


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


def wide_block():
    """A product wider than high, and so one that a podium limits."""
    alpha = np.zeros((900, 1200), np.uint8)
    alpha[300:700, 200:1000] = 255
    return alpha


STAGED = [scene.slug for scene in registry.SCENES if scene.stage]


@pytest.mark.parametrize("scene", STAGED)
@pytest.mark.parametrize("slug", [market.slug for market in MARKETPLACES])
def test_a_product_never_outgrows_its_podium_and_fills_what_is_asked_where_a_scene_is_taken(
    slug, scene
):
    alpha, market = wide_block(), BY_SLUG[slug]
    facts, stage = market.facts(), registry.find_scene(scene).stage.width
    seen = place_product(alpha, width=1200, height=900, scene=scene)
    near = find_nearness(facts, stage)
    placed = place_on_market(alpha, seen, market=facts, nearness=near)
    wide, high = 800 * placed["scale"], 400 * placed["scale"]
    assert wide <= 0.78 * stage * min(placed["width"], placed["height"]) * 1.001
    window = placed.get("window", {"share": 1, "left": 0, "top": 0})
    across, down = placed["width"] * window["share"], placed["height"] * window["share"]
    fill = max(wide / across, high / down)
    if market.fill[0] and not market.white:
        assert fill >= market.fill[0]
    if market.fill[1]:
        assert fill <= market.fill[1]
    # All of it is inside the window.
    left = placed["x"] * placed["width"] - wide / 2 - window["left"] * placed["width"]
    foot = placed["y"] * placed["height"] - window["top"] * placed["height"]
    assert 0 < left < left + wide < across
    assert 0 < foot - high < foot < down


def test_a_scene_seen_nearer_is_a_part_of_it_with_its_product_where_it_lies():
    alpha, market = wide_block(), BY_SLUG["google-merchant"]
    facts, stage = market.facts(), registry.find_scene(STAGED[0]).stage.width
    seen = place_product(alpha, width=1200, height=900, scene=STAGED[0])
    near = find_nearness(facts, stage)
    placed = place_on_market(alpha, seen, market=facts, nearness=near)
    assert near > 1
    y, x = np.mgrid[: placed["height"], : placed["width"]]
    canvas = np.dstack([x * 255 / x.max(), y * 255 / y.max(), np.full(x.shape, 40)]).astype(
        np.uint8
    )
    wide, high = 800 * placed["scale"], 400 * placed["scale"]
    left, foot = placed["x"] * placed["width"] - wide / 2, placed["y"] * placed["height"]
    product = (abs(x - left - wide / 2) < wide / 2) & (y < foot) & (y >= foot - high)
    canvas[product, 2] = 250
    sheet = fit_scene_to_market(canvas, alpha, placed)
    assert sheet["image"].shape[1::-1] == market.recommended
    found = sheet["image"][..., 2] > 145
    assert ((sheet["mask"] > 127) == found).mean() > 0.997
    columns = np.flatnonzero(found.any(0))
    assert len(columns) / market.recommended[0] == pytest.approx(sheet["fill"], abs=0.004)
    assert sheet["scale"] == pytest.approx(len(columns) / 800, rel=0.005)
    # A part of the canvas, its middle in the middle, and neither stretched nor turned.
    red, green = (sheet["image"][..., channel].astype(float) for channel in (0, 1))
    assert np.ptp(red[10]) == pytest.approx(255 * placed["window"]["share"], abs=3)
    assert np.ptp(green[:, 10]) == pytest.approx(255 * placed["window"]["share"], abs=3)
