from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.tools.pipeline.matting.conftest import staged
from tools.pipeline import registration


def printed(side):
    """A mug with a print on it, and no grain: only its own edges tell where it is."""
    mug = staged(side)
    photo = cv2.medianBlur(mug.photo, 7)
    at = int(0.45 * side), int(0.5 * side)
    cv2.circle(photo, at, side // 12, (240, 230, 90), -1)
    cv2.circle(photo, at, side // 24, (30, 30, 60), -1)
    return replace(mug, photo=photo)


@pytest.fixture(scope="module")
def mug():
    return printed(320)


def moved(picture, scale, right, down):
    move = np.float32([[scale, 0, right], [0, scale, down]])
    return cv2.warpAffine(picture, move, picture.shape[1::-1], borderMode=cv2.BORDER_REFLECT_101)


@pytest.mark.parametrize("move", [(1, 0, 0), (1, 12, -7), (1.08, -20, -10), (0.93, 8, 14)])
def test_a_product_that_moved_is_laid_back(mug, move):
    back = registration.register_drawing(mug.photo, mug.alpha, moved(mug.photo, *move))
    figures = registration.measure_product_kept(mug.photo, mug.alpha, back)
    assert figures["kept"], figures


def test_a_product_that_was_painted_another_colour_is_not_kept(mug):
    other = mug.photo.copy()
    other[mug.alpha > 0] = other[mug.alpha > 0][:, ::-1]
    back = registration.register_drawing(mug.photo, mug.alpha, other)
    assert back is None or not registration.measure_product_kept(mug.photo, mug.alpha, back)["kept"]


def test_a_product_that_is_not_there_is_not_found(mug):
    noise = np.random.default_rng(0).integers(0, 255, mug.photo.shape, dtype=np.uint8)
    back = registration.register_drawing(mug.photo, mug.alpha, noise)
    assert back is None or not registration.measure_product_kept(mug.photo, mug.alpha, back)["kept"]


def test_a_product_of_another_size_counts_as_another(mug):
    assert (
        registration.register_drawing(mug.photo, mug.alpha, moved(mug.photo, 1.6, -100, -100))
        is None
    )


@pytest.mark.parametrize("brighter", [0.9, 1.1])
def test_a_product_in_other_light_is_the_same_product(mug, brighter):
    lit = np.clip(mug.photo * brighter, 0, 255).astype(np.uint8)
    figures = registration.measure_product_kept(mug.photo, mug.alpha, lit)
    assert figures["kept"], figures
    assert figures["light"] == pytest.approx([brighter] * 3, abs=0.03)


def test_a_product_without_its_print_is_another(mug):
    plain = replace(mug, photo=cv2.medianBlur(staged(320).photo, 7)).photo
    assert not registration.measure_product_kept(mug.photo, mug.alpha, plain)["kept"]


def test_the_products_own_pixels_are_put_back_at_any_size(mug):
    """The model's picture is smaller, its product larger: nothing of that one is to be seen."""
    drawn = np.full((240, 240, 3), 200, np.uint8)
    share = cv2.resize(mug.alpha, (240, 240), interpolation=cv2.INTER_AREA)
    drawn[cv2.dilate(share, np.ones((3, 3), np.uint8)) > 0] = (10, 250, 10)
    picture = registration.restore_product(mug.photo, mug.alpha, mug.photo, {"image": drawn})
    core = mug.alpha == 255
    assert np.array_equal(picture[core], mug.photo[core])
    assert (picture[mug.alpha == 0] == 200).all()


def test_what_was_clear_stays_the_surroundings(mug):
    photo = np.dstack([mug.photo, mug.alpha])
    assert (registration.flatten_on_white(photo)[mug.alpha == 0] == 255).all()
    whole = np.full_like(mug.alpha, 255)
    surroundings = {"image": np.full_like(mug.photo, 90)}
    picture = registration.restore_product(photo, whole, mug.photo, surroundings)
    assert (picture[mug.alpha == 0] == 90).all()
