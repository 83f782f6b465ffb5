import cv2
import numpy as np

from tools.pipeline.matting import cutout, foreground


def test_opaque_pixels_are_the_photos_own(mug):
    colours = foreground.estimate_foreground(mug.photo, mug.alpha)
    core = mug.alpha == 255
    assert np.array_equal(colours[core], mug.photo[core])


def test_no_halo_of_the_old_background_stays(mug):
    colours = foreground.estimate_foreground(mug.photo, mug.alpha).astype(float) / 255
    edge = (mug.alpha > 60) & (mug.alpha < 250)
    before = np.abs(mug.photo[edge] / 255 - mug.subject[edge]).mean()
    after = np.abs(colours[edge] - mug.subject[edge]).mean()
    assert after < 0.25 * before


def test_a_large_photo_is_solved_like_a_small_one(mug):
    height, width = mug.alpha.shape
    size = 3 * width, 3 * height
    photo = cv2.resize(mug.photo, size, interpolation=cv2.INTER_LINEAR)
    alpha = cv2.resize(mug.alpha, size, interpolation=cv2.INTER_LINEAR)
    colours = foreground.estimate_foreground(photo, alpha)
    edge = (alpha > 60) & (alpha < 250)
    assert np.abs(colours[edge].mean(axis=0) / 255 - (0.70, 0.13, 0.1)).max() < 0.05


def test_a_mask_without_an_edge_changes_nothing(mug):
    solid = np.full_like(mug.alpha, 255)
    assert np.array_equal(foreground.estimate_foreground(mug.photo, solid), mug.photo)


def test_a_cut_out_hides_nothing_of_the_old_background(mug):
    colours = foreground.estimate_foreground(mug.photo, mug.alpha)
    result = cutout.cut_out_subject(mug.photo, mug.alpha, colours)
    assert np.array_equal(result[..., 3], mug.alpha)
    assert not result[mug.alpha == 0].any()
    core = mug.alpha == 255
    assert np.array_equal(result[core][:, :3], mug.photo[core])


def test_a_photo_with_alpha_is_taken_too(mug):
    photo = np.dstack([mug.photo, mug.alpha])
    colours = foreground.estimate_foreground(photo, mug.alpha)
    assert colours.shape == mug.photo.shape
