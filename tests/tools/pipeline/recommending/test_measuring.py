import numpy as np
import pytest

from tools.pipeline.compositing.silhouette import NothingToPlaceError
from tools.pipeline.recommending.measuring import measure_product, oklab
from tools.pipeline.recommending.oklch import of_hex, of_lab


def test_colours_are_measured_in_oklch(bottle):
    photo, alpha = bottle(colour=(200, 30, 40))
    found = measure_product(photo, alpha)
    lightness, chroma, hue = of_hex("#c81e28")
    top = found["colours"][0]
    assert top["l"] == pytest.approx(lightness, abs=0.03)
    assert top["c"] == pytest.approx(chroma, abs=0.03)
    assert top["h"] == pytest.approx(hue, abs=6)


def test_two_ways_to_oklab_agree():
    picture = np.array([[[12, 200, 90]]], np.uint8)
    ours = of_lab(*(float(v) for v in oklab(picture)[0, 0]))
    assert ours == pytest.approx(of_hex("#0cc85a"), abs=1e-3)


def test_the_ground_around_the_product_is_not_measured(bottle):
    photo, alpha = bottle(colour=(10, 10, 10))
    assert measure_product(photo, alpha)["brightness"] < 0.25


def test_highlights_are_taken_for_gloss(bottle):
    photo, alpha = bottle(width=400, height=500, colour=(60, 20, 20))
    matte = measure_product(photo, alpha)["gloss"]
    photo[260:300, 180:186] = 255
    assert measure_product(photo, alpha)["gloss"] > matte + 0.3


def test_cut_edges_and_proportions_are_named(cut_at):
    alpha = cut_at("left")
    found = measure_product(np.zeros((*alpha.shape, 3), np.uint8), alpha)
    assert found["cut"] == ["left"]
    assert found["aspect"] == pytest.approx(100 / 80)


def test_nothing_to_measure_is_said():
    with pytest.raises(NothingToPlaceError):
        measure_product(np.zeros((9, 9, 3), np.uint8), np.zeros((9, 9), np.uint8))
