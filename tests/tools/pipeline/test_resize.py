import numpy as np
import pytest

from tools.pipeline.resize import shrink_to_side


@pytest.mark.parametrize(("size", "side", "made"), [((60, 80), 40, (30, 40)), ((7, 3), 5, (5, 2))])
def test_the_long_side_is_what_was_asked_for(size, side, made):
    assert shrink_to_side(np.full((*size, 3), 9, np.uint8), side=side).shape == (*made, 3)


def test_nothing_is_made_larger():
    picture = np.zeros((6, 8, 3), np.uint8)
    assert shrink_to_side(picture, side=8) is picture


@pytest.mark.parametrize("side", range(64, 400, 37))
def test_no_side_loses_a_pixel_to_rounding(side):
    assert max(shrink_to_side(np.zeros((300, 901, 3), np.uint8), side=side).shape) == side
