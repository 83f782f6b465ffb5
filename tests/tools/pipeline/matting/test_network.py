import cv2
import numpy as np
import pytest

from tools.pipeline.matting import network


def belief(alpha, side=320, high=0.99):
    """What a coarse network might say of a picture with that alpha."""
    small = cv2.resize(alpha, (side, side), interpolation=cv2.INTER_AREA)
    return (cv2.GaussianBlur(small, (0, 0), 3) / 255 * high).astype(np.float32)


def overlap(found, truth):
    large = cv2.resize(found, truth.shape[::-1], interpolation=cv2.INTER_LINEAR) > 127
    return (large & (truth > 127)).sum() / (large | (truth > 127)).sum()


def test_a_coarse_outline_is_drawn_to_the_colours(mug):
    said = np.roll(belief(mug.alpha), 4, axis=1)
    found = network.make_coarse_matte(mug.photo, said)
    assert overlap(found["alpha"], mug.alpha) > 0.98 > overlap(said * 255, mug.alpha)


def test_a_fine_networks_answer_is_kept(mug):
    said = belief(mug.alpha, side=1024)
    found = network.make_coarse_matte(mug.photo, said)["alpha"]
    kept = cv2.resize(said, found.shape[::-1], interpolation=cv2.INTER_AREA) * 255
    assert np.abs(found - kept).max() <= 1


@pytest.mark.parametrize("high", [0.55, 0.8])
def test_a_faint_answer_on_bare_grass_is_no_subject(lawn, mug, high):
    found = network.make_coarse_matte(lawn, belief(mug.alpha, high=high))
    assert found["empty"]
    assert found["confidence"] == 0


def test_a_faint_answer_on_a_product_is_one(mug):
    assert not network.make_coarse_matte(mug.photo, belief(mug.alpha, high=0.8))["empty"]


def test_a_stroke_changes_what_is_near_and_nothing_else(mug):
    said = belief(mug.alpha, side=1024)
    drop = {"keep": False, "size": 0.05, "points": [[0.35, 0.35], [0.35, 0.4]]}
    before = network.make_coarse_matte(mug.photo, said)["alpha"]
    after = network.make_coarse_matte(mug.photo, said, strokes=[drop])["alpha"]
    side = before.shape[0]
    assert after[int(0.37 * side), int(0.35 * side)] == 0
    untouched = slice(int(0.55 * side), None)
    assert np.array_equal(before[untouched], after[untouched])


def test_a_stroke_brings_a_subject_where_none_was_seen(lawn):
    keep = {"keep": True, "size": 0.2, "points": [[0.5, 0.5]]}
    found = network.make_coarse_matte(lawn, np.zeros((320, 320), np.float32), strokes=[keep])
    assert not found["empty"]


def test_a_photo_that_was_cut_out_keeps_its_alpha(mug):
    photo = np.dstack([mug.photo, mug.alpha])
    found = network.make_coarse_matte(photo, np.zeros((320, 320), np.float32))
    assert overlap(found["alpha"], mug.alpha) > 0.98
