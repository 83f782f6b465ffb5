import numpy as np
import pytest

from tools.pipeline.matting.superpixels import patches_of, slic


@pytest.fixture(scope="module")
def halves():
    lab = np.zeros((60, 91, 3), np.float32)
    lab[:, :40, 0], lab[:, 40:, 0] = 20, 80
    return lab


def test_no_patch_crosses_a_strong_edge(halves):
    patches = slic(halves, 13)
    spread = patches.mean(halves[..., 0] ** 2) - patches.mean(halves[..., 0]) ** 2
    assert spread.max() < 1


def test_every_pixel_belongs_to_one_patch_of_a_sound_size(halves):
    patches = slic(halves, 13)
    assert set(np.unique(patches.labels)) == set(range(patches.count))
    assert patches.sizes.sum() == halves.shape[0] * halves.shape[1]
    assert patches.sizes.min() >= 13 * 13 // 4


def test_patches_know_whom_they_touch():
    patches = patches_of(np.array([[7, 7, 3], [7, 5, 3]], np.int32))
    assert patches.edges.tolist() == [[0, 1], [0, 2], [1, 2]]
    assert patches.border_lengths().tolist() == [2, 1, 3]
