import numpy as np
import pytest
from PIL import Image

from tools.benchmarks import outline


@pytest.fixture
def folder(tmp_path, mug):
    for name in ("images", "masks"):
        (tmp_path / name).mkdir()
    y, x = np.mgrid[:160, :160] - 80
    Image.fromarray(mug).save(tmp_path / "images/mug.png")
    disc = (np.hypot(x, y) < 40).astype(np.uint8) * 255
    Image.fromarray(disc).save(tmp_path / "masks/mug.png")
    # Nothing is claimed of a photo without a truth.
    Image.fromarray(mug).save(tmp_path / "images/other.png")
    return tmp_path


def test_what_is_claimed_of_an_outline_stands_beside_how_good_it_is(folder, tmp_path):
    curve = tmp_path / "curve.png"
    rows = outline.measure(folder, engine="embedded", picture=curve)
    assert rows[0]["photo"] == "mug"
    assert rows[0]["iou"] > 0.9
    assert 0 <= rows[0]["confidence"] <= 1
    # One thing is too few to learn from all but one.
    assert [row["photo"].partition(",")[0] for row in rows[1:-1]] == ["as shipped"]
    with Image.open(curve) as drawn:
        assert drawn.size[0] > 100
