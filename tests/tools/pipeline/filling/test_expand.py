import numpy as np
import pytest

from tools.pipeline.filling import expand


def _gradient(height, width, left=0):
    y, x = np.mgrid[:height, :width]
    x = x - left
    return np.dstack([200 + 0.1 * y - 0.15 * x, 190 - 0.1 * x + 0 * y, 150 + 0.2 * y + 0 * x])


def test_the_photo_lies_where_it_says_bit_by_bit():
    photo = np.random.default_rng(0).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    result = expand.expand_photo(photo, left=0.25, bottom=0.5)
    x, y, image = result["x"], result["y"], result["image"]
    assert (x, y, image.shape) == (20, 0, (90, 100, 3))
    assert np.array_equal(image[y : y + 60, x : x + 80], photo)


@pytest.mark.parametrize("ratio", [0.5, 1.0, 16 / 9, 2.5])
def test_the_canvas_gets_the_ratio(ratio):
    image = expand.expand_photo(np.full((90, 120, 3), 230, np.uint8), ratio=ratio)["image"]
    assert image.shape[1] / image.shape[0] == pytest.approx(ratio, rel=0.01)
    assert (image == 230).all()


def test_a_ratio_that_is_there_already_changes_nothing():
    photo = np.full((90, 120, 3), 230, np.uint8)
    result = expand.expand_photo(photo, ratio=120 / 90)
    assert np.array_equal(result["image"], photo)
    assert (result["x"], result["y"]) == (0, 0)


def test_a_gradient_goes_on():
    photo = np.rint(_gradient(150, 100)).astype(np.uint8)
    result = expand.expand_photo(photo, ratio=1.5)
    truth = _gradient(150, result["image"].shape[1], result["x"])
    assert np.abs(result["image"] - truth).max() <= 2.5


def test_a_gradient_behind_a_product_goes_on_with_its_grain():
    random = np.random.default_rng(2)
    photo = _gradient(240, 200) + random.normal(0, 1.5, (240, 200, 3))
    photo[80:200, 60:140] = (20, 60, 160)
    photo = np.clip(np.rint(photo), 0, 255).astype(np.uint8)
    result = expand.expand_photo(photo, left=0.3, right=0.3)
    error = result["image"] - _gradient(240, result["image"].shape[1], result["x"])
    new = error[:, : result["x"]]
    assert abs(new.mean()) < 1
    assert new.std() == pytest.approx(1.5, rel=0.3)
    seam = result["image"][:, result["x"] - 3 : result["x"] + 3].astype(float).mean(axis=(0, 2))
    assert np.ptp(seam) < 1.5


def test_texture_goes_on_and_the_product_is_not_repeated():
    random = np.random.default_rng(3)
    photo = random.normal(120, 25, (160, 160, 3))
    photo[50:110, 55:105] = (250, 20, 20)
    photo = np.clip(photo, 0, 255).astype(np.uint8)
    result = expand.expand_photo(photo, right=0.4)
    new = result["image"][:, 160:].astype(float)
    assert not ((new[..., 0] > 240) & (new[..., 1] < 40)).any()
    assert new.mean() == pytest.approx(120, abs=6)


def test_the_seed_decides():
    photo = np.random.default_rng(0).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    first, again = (
        expand.expand_photo(photo, left=0.3, seed=9),
        expand.expand_photo(photo, left=0.3, seed=9),
    )
    assert np.array_equal(first["image"], again["image"])


def test_a_cut_out_gets_transparent_sides():
    photo = np.full((50, 40, 4), 200, np.uint8)
    result = expand.expand_photo(photo, ratio=1.0)
    assert result["image"].shape == (50, 50, 4)
    assert (result["image"][:, :5, 3] == 0).all()
    assert np.array_equal(result["image"][:, 5:45], photo)
