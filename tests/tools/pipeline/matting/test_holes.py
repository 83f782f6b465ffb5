import cv2
import numpy as np
import pytest

from tools.pipeline.matting import holes

PAPER, CARTON, LETTERS = (82, 1, 6), (35, 0, -20), (90, 1, 5)
SIDE = 400
UNPAINTED = np.zeros((SIDE, SIDE), np.int8)


def scene(*shapes):
    """Paper with shapes on it, (mask, Lab colour) each, and a little noise."""
    lab = np.full((SIDE, SIDE, 3), PAPER, np.float32)
    for mask, colour in shapes:
        lab[mask] = colour
    return lab + np.random.default_rng(1).normal(0, 0.4, lab.shape).astype(np.float32)


def box(left, top, right, bottom):
    mask = np.zeros((SIDE, SIDE), np.bool_)
    mask[top:bottom, left:right] = True
    return mask


def circle(radius):
    plane = cv2.circle(np.zeros((SIDE, SIDE), np.uint8), (200, 200), radius, 1, -1)
    return plane > 0


def test_the_white_letters_on_a_carton_on_white_paper_are_filled():
    carton = box(100, 80, 300, 340)
    letters = box(130, 120, 146, 160) | box(180, 120, 196, 160)
    lab = scene((carton, CARTON), (letters, LETTERS))
    assert np.array_equal(holes.filled(carton & ~letters, lab, UNPAINTED), carton)


def test_a_line_of_thin_letters_is_filled_even_in_the_very_colour_of_the_paper():
    carton = box(100, 80, 300, 340)
    letters = np.logical_or.reduce([box(x, 120, x + 5, 150) for x in range(130, 260, 20)])
    lab = scene((carton, CARTON), (letters, PAPER))
    assert np.array_equal(holes.filled(carton & ~letters, lab, UNPAINTED), carton)


def test_a_ring_keeps_its_hole():
    ring = circle(120) & ~circle(60)
    assert np.array_equal(holes.filled(ring, scene((ring, CARTON)), UNPAINTED), ring)


def test_a_ring_keeps_a_hole_in_its_own_shadow():
    ring = circle(120) & ~circle(60)
    lab = scene((ring, CARTON), (circle(60), (74, 1, 6)))
    assert np.array_equal(holes.filled(ring, lab, UNPAINTED), ring)


def test_a_painted_hole_stays():
    carton, letter = box(100, 80, 300, 340), box(130, 120, 146, 160)
    painted = np.where(letter, np.int8(holes.DROP), np.int8(0))
    holed = carton & ~letter
    lab = scene((carton, CARTON), (letter, LETTERS))
    assert np.array_equal(holes.filled(holed, lab, painted), holed)


def test_a_handle_that_was_closed_is_opened():
    found = holes.opened(circle(120), scene((circle(120) & ~circle(30), CARTON)), UNPAINTED)
    assert np.count_nonzero(found ^ (circle(120) & ~circle(30))) < 60


@pytest.mark.parametrize("label", [LETTERS, (78, 1, 6), (82, 5, 6)])
def test_a_label_nearly_of_the_colour_of_the_paper_is_not_opened(label):
    lab = scene((circle(120), CARTON), (circle(30), label))
    assert holes.opened(circle(120), lab, UNPAINTED).sum() == circle(120).sum()


def test_what_was_painted_to_be_kept_is_not_opened():
    painted = np.where(circle(10), np.int8(holes.KEEP), np.int8(0))
    lab = scene((circle(120) & ~circle(30), CARTON))
    assert np.array_equal(holes.opened(circle(120), lab, painted), circle(120))


def test_a_subject_that_fills_the_picture_has_nothing_to_compare_with():
    whole = np.ones((SIDE, SIDE), np.bool_)
    assert holes.filled(whole, scene(), UNPAINTED).all()
    assert holes.opened(whole, scene(), UNPAINTED).all()
