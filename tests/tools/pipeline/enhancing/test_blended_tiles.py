import numpy as np
import pytest

from tools.pipeline.enhancing import blended_tiles


@pytest.mark.parametrize("size", [(50, 70), (96, 300), (257, 131)])
def test_every_pixel_comes_once(size):
    photo = np.random.default_rng(1).integers(0, 255, (*size, 3), dtype=np.uint8)
    same = blended_tiles.run_blended_tiles(photo, lambda tile: tile, side=96, overlap=32)
    assert np.array_equal(same, photo)


def test_neighbours_that_disagree_fade_into_one_another():
    levels = iter(range(0, 250, 50))
    photo = np.zeros((64, 240, 3), np.uint8)
    out = blended_tiles.run_blended_tiles(
        photo, lambda tile: tile + next(levels), side=96, overlap=32
    )
    assert np.abs(np.diff(out[0, :, 0].astype(int))).max() <= 50 / 16 + 1


def test_progress_ends_with_the_last_tile():
    told = []
    photo = np.zeros((200, 200, 3), np.uint8)
    blended_tiles.run_blended_tiles(
        photo, lambda tile: tile, side=96, overlap=32, progress=told.append
    )
    assert told == sorted(told)
    assert told[-1] == 1
