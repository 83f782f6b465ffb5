import json

import pytest

from tools.pipeline.recommending.oklch import apart, hue_name, of_hex
from tools.pipeline.recommending.ranking import rank_scenes
from tools.pipeline.scenes.registry import BY_SLUG, SCENES


def product(**more):
    colour = {"l": 0.5, "c": 0.02, "h": 40.0, "share": 0.9}
    return {
        "colours": [colour],
        "brightness": 0.5,
        "contrast": 0.1,
        "chroma": 0.02,
        "gloss": 0.2,
        "busy": 0.3,
        "aspect": 0.7,
        "cut": [],
        "share": 0.3,
        **more,
    }


def first(entries):
    return [BY_SLUG[entry["scene"]] for entry in entries[:6]]


def lightness(scene):
    return sum(of_hex(colour)[0] for colour in scene.colours) / len(scene.colours)


def test_every_scene_is_ranked_once():
    ranked = [entry["scene"] for entry in rank_scenes(product())]
    assert sorted(ranked) == sorted(scene.slug for scene in SCENES)


def test_the_first_six_are_of_six_families():
    for brightness in (0.1, 0.5, 0.95):
        chosen = first(rank_scenes(product(brightness=brightness)))
        assert len({scene.family for scene in chosen}) == 6


def test_a_dark_glossy_product_is_shown_light_stone():
    chosen = rank_scenes(product(brightness=0.2, gloss=0.9))
    assert lightness(BY_SLUG[chosen[0]["scene"]]) > 0.75
    stone = next(entry for entry in chosen if BY_SLUG[entry["scene"]].family == "marble")
    assert stone["reason"]["id"] == "light-behind"
    assert stone["reason"]["values"]["product"] == ["dark", "glossy"]


def test_a_light_product_is_shown_darker_scenes_first():
    assert lightness(first(rank_scenes(product(brightness=0.95)))[0]) < 0.75


def test_six_suggestions_are_not_one_six_times():
    tones = [lightness(scene) for scene in first(rank_scenes(product(brightness=0.9)))]
    assert max(tones) - min(tones) > 0.3


def test_opposite_hues_are_preferred_to_quarrelling_ones():
    orange = product(
        colours=[{"l": 0.6, "c": 0.16, "h": 55.0, "share": 0.9}], chroma=0.16, brightness=0.6
    )
    order = [entry["scene"] for entry in rank_scenes(orange)]
    assert order.index("studio-navy") < order.index("studio-forest")


def test_the_page_s_category_counts():
    plain = [entry["scene"] for entry in rank_scenes(product())]
    food = [entry["scene"] for entry in rank_scenes(product(), category="food")]
    assert food.index("wood-oak") < plain.index("wood-oak")


def test_a_product_cut_off_below_is_not_put_on_a_podium():
    assert all(scene.stage is None for scene in first(rank_scenes(product(cut=["bottom"]))))


def test_seasons_do_not_come_unasked():
    assert all(scene.family != "seasonal" for scene in first(rank_scenes(product())))


def test_reasons_are_json_with_an_id():
    for entry in rank_scenes(product()):
        assert json.loads(json.dumps(entry)) == entry
        assert entry["reason"]["id"]


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("#ff0000", "red"),
        ("#00aa00", "green"),
        ("#0040ff", "blue"),
        ("#808080", "neutral"),
        ("#ffd000", "yellow"),
    ],
)
def test_hues_have_words(colour, name):
    assert hue_name(of_hex(colour)) == name


def test_hues_go_round():
    assert apart(350, 10) == 20
