import numpy as np
import pytest
from PIL import Image

from tools.benchmarks import cutout
from tools.pipeline.pixels import Alpha


@pytest.fixture
def folder(tmp_path, mug):
    """A photo with its true alpha, and one without."""
    for name in ("images", "masks"):
        (tmp_path / name).mkdir()
    y, x = np.mgrid[:160, :160] - 80
    Image.fromarray(mug).save(tmp_path / "images/mug.png")
    Image.fromarray(mug).save(tmp_path / "images/other.png")
    disc = (np.hypot(x, y) < 40).astype(np.uint8) * 255
    Image.fromarray(disc).save(tmp_path / "masks/mug.png")
    return tmp_path


def test_each_photo_with_its_truth_is_a_row_and_all_are_one(folder):
    mug, total = cutout.measure(folder, engine="embedded")
    assert mug["photo"] == "mug"
    assert mug["iou"] > 0.9
    assert mug["seconds"] > 0
    assert total["photo"] == "all 1, 100% at IoU 0.9 or more"


def test_the_truth_is_compared_at_the_size_that_was_found(folder):
    found = cutout.as_large(folder / "masks/mug.png", Alpha(np.zeros((80, 40), np.uint8)))
    assert found.shape == (80, 40)
    assert found[40, 20] == 255


def test_looks_are_the_share_of_photos_where_one_was_not_enough():
    found = cutout.means([{"looks": 1, "best": 0.5}, {"looks": 3, "best": 0.7}])
    assert found == {"looks": 0.5, "best": pytest.approx(0.6)}
    assert cutout.means([]) == {}
