import json

import numpy as np
import pytest

from tools.pipeline.compositing.placement import LARGEST_SCALE, place_product
from tools.pipeline.compositing.silhouette import NothingToPlaceError, measure_silhouette
from tools.pipeline.errors import NoSubjectError


def foot(place, alpha):
    """The canvas row where the product's lowest row ends."""
    return place["y"] * place["height"]


def test_a_product_that_fits_keeps_its_own_pixels(bottle):
    _, alpha = bottle()
    place = place_product(alpha, width=200, height=250, scene="wood-oak")
    assert place["scale"] == 1
    assert place["y"] == pytest.approx(0.80)
    assert place["x"] == 0.5


def test_a_product_too_large_for_the_podium_is_made_smaller(bottle):
    _, alpha = bottle(fill=0.95)
    place = place_product(alpha, width=200, height=250, scene="podium-white")
    assert place["scale"] < 1
    shape = measure_silhouette(alpha)
    assert foot(place, alpha) - shape.height * place["scale"] > 0


def test_a_speck_is_enlarged_to_be_seen(bottle):
    _, alpha = bottle(fill=0.15)
    assert place_product(alpha, width=200, height=250)["scale"] == LARGEST_SCALE > 1


def test_who_asks_for_more_than_stays_sharp_gets_it(bottle):
    _, alpha = bottle(fill=0.15)
    assert place_product(alpha, width=200, height=250, fill=0.8)["scale"] > LARGEST_SCALE


def test_fill_is_the_share_of_the_canvas(bottle):
    _, alpha = bottle()
    place = place_product(alpha, width=1000, height=1000, fill=0.5)
    assert measure_silhouette(alpha).height * place["scale"] == pytest.approx(500)


def test_a_drag_overrides_what_was_found(bottle):
    _, alpha = bottle()
    place = place_product(alpha, width=200, height=250, x=0.3, y=0.9, scale=0.5, scene="wood-oak")
    assert (place["x"], place["y"], place["scale"]) == (0.3, 0.9, 0.5)
    assert place["ground"] == 0.9, "the shadow goes where the product stands"


def test_a_product_above_the_ground_hovers(bottle):
    _, alpha = bottle()
    place = place_product(alpha, width=200, height=250, y=0.7, ground=0.8)
    assert place["ground"] > place["y"]


@pytest.mark.parametrize("edge", ["left", "right", "top", "bottom"])
def test_a_product_cut_off_stays_at_that_edge(edge, cut_at):
    alpha = cut_at(edge)
    assert measure_silhouette(alpha).cut == (edge,)
    place = place_product(alpha, width=300, height=300, scene="studio-white")
    shape = measure_silhouette(alpha)
    wide, high = shape.width * place["scale"] / 300, shape.height * place["scale"] / 300
    side = {
        "left": place["x"] - wide / 2,
        "right": 1 - place["x"] - wide / 2,
        "top": place["y"] - high,
        "bottom": 1 - place["y"],
    }[edge]
    assert side == pytest.approx(0, abs=1e-6)


def test_a_product_cut_on_both_sides_spans_the_canvas():
    alpha = np.zeros((100, 200), np.uint8)
    alpha[40:80] = 255
    place = place_product(alpha, width=500, height=500)
    assert place["scale"] == pytest.approx(2.5)


def test_a_stray_pixel_does_not_lift_the_product(bottle):
    _, alpha = bottle()
    clean = measure_silhouette(alpha).bottom
    alpha[-3, 100] = 255
    assert measure_silhouette(alpha).bottom == clean


def test_the_same_share_of_the_canvas_at_proxy_and_full_size(bottle):
    _, large = bottle(width=400, height=500)
    small = large[::2, ::2]
    one = place_product(large, width=800, height=800, scene="marble-light", fill=0.6)
    half = place_product(small, width=400, height=400, scene="marble-light", fill=0.6)
    assert half["x"] == one["x"]
    assert half["y"] == one["y"]
    assert half["scale"] == pytest.approx(one["scale"], rel=0.03)


def test_the_answer_is_json(bottle):
    _, alpha = bottle()
    for scene in (None, "podium-blush", "bokeh-city"):
        place = place_product(alpha, width=200, height=250, scene=scene)
        assert json.loads(json.dumps(place)) == place


def test_an_empty_alpha_is_refused_and_a_faint_one_too():
    with pytest.raises(NoSubjectError):
        place_product(np.zeros((20, 20), np.uint8), width=20, height=20)
    with pytest.raises(NothingToPlaceError):
        place_product(np.full((20, 20), 20, np.uint8), width=20, height=20)
