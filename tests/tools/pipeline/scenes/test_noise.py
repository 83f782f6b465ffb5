import cv2
import numpy as np

from tools.pipeline.scenes import noise


def test_noise_is_the_same_at_any_size():
    small = noise.make_fractal(5, (4, 4), 128, octaves=3)
    large = noise.make_fractal(5, (4, 4), 512, octaves=3)
    reduced = cv2.resize(large, (128, 128), interpolation=cv2.INTER_AREA)
    assert np.abs(small - reduced).mean() < 0.05


def test_noise_repeats_without_a_seam():
    tile = noise.make_fractal(9, (4, 8), 256)
    inside = np.abs(np.diff(tile, axis=1)).mean()
    assert np.abs(tile[:, 0] - tile[:, -1]).mean() < 1.5 * inside
    assert np.abs(tile[0] - tile[-1]).mean() < 1.5 * np.abs(np.diff(tile, axis=0)).mean()


def test_noise_has_about_unit_variance():
    spread = np.mean([noise.make_fractal(seed, (8, 8), 256).std() for seed in range(6)])
    assert 0.6 < spread < 1.5
