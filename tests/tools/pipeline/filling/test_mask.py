import numpy as np

from tools.pipeline.filling import mask


def _stroke(points, *, size=0.1, keep=False):
    return {"keep": keep, "size": size, "points": points}


def test_a_stroke_is_as_wide_as_its_size_says():
    painted = mask.painted([_stroke([[0.1, 0.5], [0.9, 0.5]])], (200, 100))
    assert painted.shape == (100, 200)
    assert abs(int((painted[:, 100] > 0).sum()) - 20) <= 1
    assert set(np.unique(painted)) == {0, 255}


def test_one_point_is_a_dot():
    painted = mask.painted([_stroke([[0.5, 0.5]])], (100, 100))
    assert painted[50, 50] == 255
    assert 60 < (painted > 0).sum() < 100


def test_a_later_stroke_can_wipe_out_again():
    line = [[0.1, 0.5], [0.9, 0.5]]
    painted = mask.painted([_stroke(line), _stroke(line, size=0.2, keep=True)], (100, 100))
    assert not painted.any()


def test_no_stroke_paints_nothing():
    assert not mask.painted([], (30, 20)).any()


def test_preview_and_full_size_cover_the_same():
    strokes = [_stroke([[0.2, 0.2], [0.5, 0.7], [0.8, 0.3]], size=0.08)]
    small, large = mask.painted(strokes, (150, 100)), mask.painted(strokes, (600, 400))
    assert abs((small > 0).mean() - (large > 0).mean()) < 0.01
