import numpy as np

from tools.pipeline.matting import segmentation
from tools.pipeline.matting.starts import PLAIN, Start
from tools.pipeline.matting.strokes import KEEP


def ground():
    picture = np.full((120, 120, 3), 200, np.uint8)
    picture[60:63, 60:63] = (250, 20, 20)
    speck = picture[..., 1] < 100
    near = np.zeros_like(speck)
    near[50:75, 50:75] = True
    return picture, Start(speck, ~near, PLAIN), speck.astype(np.float32)


def test_a_speck_is_no_subject():
    picture, start, likely = ground()
    painted = np.zeros((120, 120), np.int8)
    assert segmentation.hypotheses(picture, [start], likely, painted) == []


def test_a_speck_that_was_painted_is_one():
    picture, start, likely = ground()
    painted = np.zeros((120, 120), np.int8)
    painted[61, 61] = KEEP
    (found,) = segmentation.hypotheses(picture, [start], likely, painted)
    assert found[61, 61]
    assert np.count_nonzero(found) < 30
