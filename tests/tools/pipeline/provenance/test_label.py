import numpy as np
import pytest

from tools.pipeline.provenance import label


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("colour", [0, 128, 255])
def test_the_label_stands_out_in_its_corner(language, colour):
    before = np.full((600, 900, 3), colour, np.uint8)
    after = label.draw_label(before, language=language)
    changed = (before != after).any(axis=2)
    ys, xs = np.nonzero(changed)
    assert ys.min() > 480
    assert xs.min() > 400
    inside = after[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    assert int(inside.max()) - int(inside.min()) > 120


@pytest.mark.parametrize("language", ["en", "zh"])
def test_its_letters_have_five_percent_of_the_shorter_side(language):
    after = label.draw_label(np.full((800, 1200, 3), 128, np.uint8), language=language)
    ys, _ = np.nonzero((after > 240).all(axis=2))
    assert np.ptp(ys) + 1 >= 0.05 * 800 * 0.95


def test_the_picture_that_was_given_is_left_alone():
    before = np.zeros((200, 200, 3), np.uint8)
    label.draw_label(before)
    assert not before.any()


def test_a_cut_outs_label_is_not_transparent():
    after = label.draw_label(np.zeros((400, 400, 4), np.uint8))
    assert after[..., 3].max() == 255
    assert after[:200, :, 3].max() == 0


@pytest.mark.parametrize("shape", [(2, 2, 3), (20, 30, 3), (30, 1000, 4), (1000, 30, 3)])
def test_the_smallest_pictures_do_not_break_it(shape):
    assert label.draw_label(np.zeros(shape, np.uint8), language="zh").shape == shape
