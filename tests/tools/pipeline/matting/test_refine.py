import cv2
import numpy as np
import pytest

from tools.pipeline.matting import refine


@pytest.fixture(scope="module")
def coarse(mug):
    small = cv2.resize(mug.alpha, (240, 240), interpolation=cv2.INTER_AREA)
    return ((small > 127) * 255).astype(np.uint8)


def error(found, truth):
    return np.abs(found.astype(int) - truth).mean() / 255


def test_the_matte_is_nearer_to_the_truth_than_the_coarse_shape(mug, coarse):
    matte = refine.refine_alpha(mug.photo, coarse)
    height, width = mug.alpha.shape
    lifted = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    assert matte.shape == mug.alpha.shape
    assert error(matte, mug.alpha) < 0.5 * error(lifted, mug.alpha)


def test_core_and_background_are_exact(mug, coarse):
    matte = refine.refine_alpha(mug.photo, coarse)
    far = np.ones((41, 41), np.uint8)
    assert (matte[cv2.erode(mug.alpha, far) == 255] == 255).all()
    assert (matte[cv2.dilate(mug.alpha, far) == 0] == 0).all()


def test_preview_and_full_size_agree(mug, coarse):
    height, width = mug.alpha.shape
    large = cv2.resize(mug.photo, (3 * width, 3 * height), interpolation=cv2.INTER_CUBIC)
    full = refine.refine_alpha(large, coarse)
    preview = refine.refine_alpha(mug.photo, coarse)
    assert full.shape == large.shape[:2]
    down = cv2.resize(full, (width, height), interpolation=cv2.INTER_AREA)
    assert error(down, preview) < 0.004


def test_a_shift_grows_and_shrinks_the_subject(mug, coarse):
    areas = [
        float(refine.refine_alpha(mug.photo, coarse, shift=shift).sum())
        for shift in (-0.01, 0, 0.01)
    ]
    assert areas[0] < 0.97 * areas[1]
    assert areas[1] < 0.97 * areas[2]


def test_softness_widens_the_edge_and_leaves_the_core(mug, coarse):
    sharp = refine.refine_alpha(mug.photo, coarse)
    soft = refine.refine_alpha(mug.photo, coarse, softness=0.01)
    partly = [np.count_nonzero((matte > 0) & (matte < 255)) for matte in (sharp, soft)]
    assert partly[1] > 2 * partly[0]
    side = soft.shape[0]
    assert soft[side // 2, int(0.45 * side)] == 255


def test_a_photo_that_came_cut_out_keeps_every_value(mug):
    photo = np.dstack([mug.photo, mug.alpha])
    assert np.array_equal(refine.refine_alpha(photo, mug.alpha), mug.alpha)


def test_nothing_found_stays_nothing(mug):
    assert not refine.refine_alpha(mug.photo, np.zeros((48, 48), np.uint8)).any()
