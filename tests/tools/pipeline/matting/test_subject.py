import cv2
import numpy as np
import pytest

from tools.pipeline.matting import subject


def overlap(found, truth):
    size = found.shape[1], found.shape[0]
    one = found > 127
    other = cv2.resize(truth, size, interpolation=cv2.INTER_AREA) > 127
    return np.count_nonzero(one & other) / np.count_nonzero(one | other)


def test_the_subject_is_found_at_the_working_size(mug):
    found = subject.find_subject(mug.photo)
    assert max(found["alpha"].shape) == subject.WORKING
    assert overlap(found["alpha"], mug.alpha) > 0.95
    assert found["confidence"] > 0.5
    assert found["empty"] is False


def test_the_same_photo_gives_the_same_answer(mug):
    first, second = subject.find_subject(mug.photo), subject.find_subject(mug.photo)
    assert np.array_equal(first["alpha"], second["alpha"])
    assert first["confidence"] == second["confidence"]


def test_the_handle_of_a_mug_has_a_hole(mug):
    alpha = subject.find_subject(mug.photo)["alpha"]
    side = alpha.shape[0]
    assert alpha[int(0.52 * side), int(0.66 * side)] == 0
    assert alpha[int(0.52 * side), int(0.74 * side)] == 255


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_flat_picture_has_no_subject(level):
    found = subject.find_subject(np.full((300, 400, 3), level, np.uint8))
    assert found["empty"] is True
    assert not found["alpha"].any()
    assert found["confidence"] == 0


def test_a_bare_lawn_has_no_subject(lawn):
    found = subject.find_subject(lawn)
    assert found["empty"] is True
    assert not found["alpha"].any()


def test_a_photo_that_came_cut_out_keeps_its_own_alpha(mug):
    found = subject.find_subject(np.dstack([mug.photo, mug.alpha]))
    assert overlap(found["alpha"], mug.alpha) > 0.99
    assert found["confidence"] == 1


def test_an_opaque_alpha_channel_says_nothing(mug):
    opaque = np.dstack([mug.photo, np.full_like(mug.alpha, 255)])
    found, plain = subject.find_subject(opaque), subject.find_subject(mug.photo)
    assert np.array_equal(found["alpha"], plain["alpha"])


def test_a_stroke_that_drops_a_part_takes_all_of_it(mug):
    across = {"keep": False, "size": 0.02, "points": [[0.74, 0.45], [0.74, 0.6]]}
    alpha = subject.find_subject(mug.photo, strokes=[across])["alpha"]
    side = alpha.shape[0]
    assert alpha[int(0.52 * side), int(0.74 * side)] == 0
    assert alpha[int(0.52 * side), int(0.45 * side)] == 255


def test_a_stroke_that_keeps_makes_a_subject_where_none_was_seen(lawn):
    dab = {"keep": True, "size": 0.1, "points": [[0.5, 0.5]]}
    found = subject.find_subject(lawn, strokes=[dab])
    height, width = found["alpha"].shape
    assert found["empty"] is False
    assert found["alpha"][height // 2, width // 2] == 255


@pytest.mark.parametrize("shape", [(1, 1), (2, 900), (900, 3), (37, 41)])
def test_odd_sizes_are_answered(shape):
    random = np.random.default_rng(0)
    photo = random.integers(0, 256, (*shape, 3), np.uint8)
    found = subject.find_subject(photo)
    assert found["alpha"].dtype == np.uint8
    assert 0 <= found["confidence"] <= 1
