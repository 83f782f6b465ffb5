import json
from dataclasses import asdict, replace

import cv2
import numpy as np
import pytest

from tools.pipeline.matting import brushing, outline_confidence, steps, subject
from tools.pipeline.matting.doubts import Hypothesis, look_at, measure_doubts
from tools.pipeline.matting.outline_confidence import Model


def answer(alpha, points=0.0):
    return Hypothesis((alpha / np.float32(255)).astype(np.float32), points)


def judged(photo, alpha, *others, way="classical"):
    belief = (alpha / np.float32(255)).astype(np.float32)
    hypotheses = [answer(alpha), *others]
    return outline_confidence.outline_confidence(photo, alpha, hypotheses, belief, way=way)


def doubts(photo, alpha, *others):
    hypotheses = [answer(alpha), *others]
    view = look_at(photo, alpha, hypotheses, (alpha / np.float32(255)).astype(np.float32))
    return measure_doubts(view, [each.points for each in hypotheses])


@pytest.fixture
def half(mug):
    """The mug's lower half."""
    return np.where(np.arange(640)[:, None] > 330, mug.alpha, 0).astype(np.uint8)


@pytest.fixture
def careful(monkeypatch):
    """A model that is sure of an edge that can be seen, where no other answer is likely."""
    model = Model({"rival": -4.0, "faint": 0.15}, bias=0.0, threshold=0.9)
    monkeypatch.setattr(outline_confidence, "models", lambda: {"classical": model})


def test_an_outline_along_an_edge_with_one_answer_is_sure_and_shows_no_places(mug, careful):
    outline = judged(mug.photo, mug.alpha).outline
    assert outline.sure
    assert outline.confidence > 0.9
    assert outline.places == ()


def test_two_likely_answers_make_it_unsure_and_show_where_they_differ(mug, careful, half):
    found = judged(mug.photo, mug.alpha, answer(half, -0.1))
    assert not found.outline.sure
    left, top, right, bottom = found.outline.places[0].box
    assert found.outline.places[0].why == "answers"
    assert left < 0.35
    assert right > 0.55
    assert top < 0.35
    assert 0.45 < bottom < 0.6
    assert found.second == 1


def test_an_outline_that_follows_nothing_is_unsure_and_says_so_along_it(lawn, careful):
    disc = cv2.circle(np.zeros(lawn.shape[:2], np.uint8), (320, 250), 120, 255, -1)
    smooth = cv2.GaussianBlur(lawn, (0, 0), 20)
    outline = judged(smooth, disc).outline
    assert not outline.sure
    assert {place.why for place in outline.places} == {"edge"}


def test_an_answer_much_the_same_is_no_other_answer(mug):
    near = cv2.dilate(mug.alpha, np.ones((3, 3), np.uint8))
    assert judged(mug.photo, mug.alpha, answer(near, -0.1)).second is None


def test_the_likelier_of_two_other_answers_is_the_second(mug, half):
    nothing_like = np.roll(mug.alpha, 200, axis=1)
    found = judged(mug.photo, mug.alpha, answer(nothing_like, -4.0), answer(half, -1.0))
    assert found.second == 2


def test_doubts_see_what_they_are_named_for(mug, half):
    plain = doubts(mug.photo, mug.alpha)
    assert (plain.agreement, plain.rival, plain.on_frame) == (pytest.approx(1, abs=0.01), 0, 0)
    assert plain.parts == pytest.approx(0, abs=0.001)
    assert doubts(mug.photo, mug.alpha, answer(half)).agreement < 0.9
    apart = cv2.circle(mug.alpha.copy(), (60, 60), 40, 255, -1)
    assert doubts(mug.photo, apart).parts > 0.03
    cut = mug.alpha.copy()
    cut[:, 300:] = mug.alpha[:, 300:301]
    assert doubts(mug.photo, cut).on_frame > 0.05
    assert doubts(mug.photo, np.roll(mug.alpha, 60, axis=1)).faint < plain.faint
    assert doubts(mug.photo, np.roll(mug.alpha, 60, axis=1)).shared > plain.shared


def test_the_same_matte_is_judged_alike_at_any_size(mug):
    large = cv2.resize(mug.photo, (1900, 1900), interpolation=cv2.INTER_CUBIC)
    alpha = cv2.resize(mug.alpha, (1900, 1900), interpolation=cv2.INTER_CUBIC)
    one, other = judged(mug.photo, mug.alpha), judged(large, alpha)
    assert one.outline.confidence == pytest.approx(other.outline.confidence, abs=0.03)


def test_a_matte_with_nothing_in_it_is_not_sure(mug):
    empty = np.zeros_like(mug.alpha)
    assert not judged(mug.photo, empty).outline.sure


def test_what_is_said_of_a_photo_can_be_written_as_json(mug):
    found = subject.find_subject(mug.photo)
    outline = json.loads(json.dumps(found["outline"]))
    assert set(outline) == {"sure", "confidence", "places"}
    assert 0 <= outline["confidence"] <= 1
    assert outline["sure"] or outline["places"]
    for place in outline["places"]:
        left, top, right, bottom = place["box"]
        assert 0 <= left < right <= 1
        assert 0 <= top < bottom <= 1
    assert json.dumps(found["doubts"])


def test_a_photo_that_came_cut_out_is_sure(mug):
    found = subject.find_subject(np.dstack([mug.photo, mug.alpha]))
    assert found["outline"] == {"sure": True, "confidence": 1.0, "places": []}


def test_the_second_answer_takes_the_place_of_the_first_and_back(mug, half):
    small = cv2.resize(mug.alpha, (480, 480), interpolation=cv2.INTER_AREA)
    outline = {"sure": False, "confidence": 0.4, "places": []}
    found = {"alpha": small, "second": half, "outline": outline, "empty": False}
    other = steps.take_second(mug.photo, found)
    assert np.array_equal(other["second"], small)
    assert not other["alpha"][: int(0.45 * 480)].any()
    assert other["outline"] == {**outline, "by_hand": True}
    back = steps.take_second(mug.photo, other)
    assert np.abs(back["alpha"].astype(int) - small).mean() < 3


def test_where_there_was_one_answer_the_second_is_the_first(mug):
    found = {"alpha": mug.alpha, "empty": False}
    assert steps.take_second(mug.photo, found) == found


def test_a_brushed_place_is_seen_to_and_the_rest_stays_doubtful(mug):
    places = [
        {"box": [0.1, 0.1, 0.2, 0.2], "why": "edge"},
        {"box": [0.7, 0.7, 0.9, 0.9], "why": "edge"},
    ]
    outline = {"sure": True, "confidence": 0.5, "places": places}
    found = {"alpha": mug.alpha, "empty": False, "outline": outline}
    stroke = {"keep": True, "size": 0.08, "points": [[0.15, 0.15]]}
    said = brushing.reshape_matte(mug.photo, found, strokes=[stroke])["outline"]
    assert said["places"] == places[1:]
    assert said["by_hand"]
    assert not said["sure"]


def test_models_look_at_doubts_that_there_are(mug):
    known = asdict(doubts(mug.photo, mug.alpha))
    for model in outline_confidence.models().values():
        assert model.weights.keys() <= known.keys()
        assert 0 < model.threshold <= 1


def test_a_model_says_more_the_more_speaks_for_it(mug):
    model = Model({"faint": 1.0}, bias=0.0, threshold=0.5)
    known = doubts(mug.photo, mug.alpha)
    said = [model.confidence(replace(known, faint=value)) for value in (-1e9, 0.0, 1.0, 1e9)]
    assert said == sorted(said)
    assert said[1] == 0.5
