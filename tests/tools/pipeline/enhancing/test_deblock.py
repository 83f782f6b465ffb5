import numpy as np
import pytest

from tools.pipeline.enhancing import deblock, jpeg, tiles
from tools.pipeline.scoring.enhance import psnr


@pytest.mark.parametrize("quality", [10, 20, 40, 70])
def test_the_quality_of_a_jpeg_is_found(scene, as_jpeg, quality):
    assert jpeg.traces(as_jpeg(scene, quality)).quality == quality


def test_the_grid_is_found_after_cropping(scene, as_jpeg):
    found = jpeg.traces(as_jpeg(scene, 25)[3:, 5:])
    assert (found.top, found.left) == (5, 3)


@pytest.mark.parametrize("quality", [10, 30])
def test_deblocking_comes_nearer_to_the_original(scene, as_jpeg, quality):
    photo = as_jpeg(scene, quality)
    clean = deblock.deblock_photo(photo)
    assert psnr(scene, clean) > psnr(scene, photo) + 0.5
    assert jpeg.traces(clean).blockiness < 0.65 * jpeg.traces(photo).blockiness


def test_what_never_was_a_jpeg_is_left_alone(scene, noisy):
    for photo in (scene, noisy(scene, 20), np.full((64, 64, 3), 200, np.uint8)):
        assert deblock.deblock_photo(photo) is photo


def test_tiles_leave_no_trace(scene, as_jpeg, monkeypatch):
    photo = as_jpeg(np.tile(scene, (2, 2, 1)), 20)
    whole = deblock.deblock_photo(photo)
    monkeypatch.setattr(tiles.run_tiles, "__kwdefaults__", {"side": 192, "progress": None})
    assert np.abs(whole.astype(int) - deblock.deblock_photo(photo)).max() <= 1
