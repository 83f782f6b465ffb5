import cv2
import numpy as np
import pytest

from tools.pipeline.scoring import cutout


@pytest.fixture
def disc():
    return cv2.circle(np.zeros((400, 300), np.uint8), (150, 200), 80, 255, -1)


def test_the_truth_itself_is_perfect(disc):
    score = cutout.score_matte(disc, disc)
    assert (score.iou, score.mae, score.boundary, score.sad) == (1, 0, 1, 0)


def test_an_empty_answer_scores_nothing(disc):
    score = cutout.score_matte(np.zeros_like(disc), disc)
    assert (score.iou, score.boundary) == (0, 0)
    assert score.mae == pytest.approx((disc > 0).mean())


def test_two_empty_masks_agree():
    empty = np.zeros((20, 30), np.uint8)
    assert cutout.score_matte(empty, empty) == cutout.Score(1, 0, 1, 0, 1)


def test_an_outline_within_a_third_of_a_per_cent_of_the_diagonal_is_found(disc):
    # The diagonal is 500, so 1.5 pixels are near enough and 4 are not.
    near = np.roll(disc, 1, axis=1)
    far = np.roll(disc, 6, axis=1)
    assert cutout.score_matte(near, disc).boundary == 1
    assert cutout.score_matte(far, disc).boundary < 0.6


def test_only_the_band_along_the_edge_counts_as_unknown(disc):
    holed = disc.copy()
    holed[195:205, 145:155] = 0
    assert cutout.score_matte(holed, disc).sad == 0
    soft = cv2.GaussianBlur(disc, (0, 0), 1)
    assert cutout.score_matte(soft, disc).sad > 0


def test_a_summary_gives_means_and_the_share_of_good_ones(disc):
    scores = [cutout.score_matte(disc, disc), cutout.score_matte(np.zeros_like(disc), disc)]
    summary = cutout.summarize_scores(scores)
    assert (summary.pictures, summary.iou, summary.good) == (2, 0.5, 0.5)
    with pytest.raises(ValueError, match="nothing"):
        cutout.summarize_scores([])


def test_a_wider_tolerance_finds_more_of_the_outline(disc):
    far = np.roll(disc, 4, axis=1)
    near, wide = (cutout.score_matte(far, disc, tolerance=share) for share in (0.003, 0.01))
    assert near.boundary < wide.boundary == 1


def test_the_weighted_measure_forgives_errors_at_the_edge_more_than_far_ones(disc):
    stain, edge = disc.copy(), cv2.dilate(disc, np.ones((3, 3), np.uint8))
    stain.ravel()[: (edge != disc).sum()] = 255
    perfect, near, far = (cutout.score_matte(each, disc).weighted for each in (disc, edge, stain))
    assert far < near < perfect == pytest.approx(1)
