import numpy as np
import pytest

from tools.pipeline.enhancing import noise


@pytest.mark.parametrize("sigma", [4, 15, 25, 50])
def test_noise_is_measured_within_a_sixth(scene, noisy, sigma):
    found = noise.strength(noise.spectra(noisy(scene, sigma))[0])
    assert found == pytest.approx(sigma, rel=1 / 6)


def test_a_pure_white_background_does_not_hide_the_product_s_noise(scene, noisy):
    picture = np.full((400, 480, 3), 255, np.uint8)
    picture[80:336, 80:400] = noisy(scene, 12)
    assert noise.strength(noise.spectra(picture)[0]) == pytest.approx(12, rel=0.2)


def test_a_picture_of_one_colour_has_no_noise():
    for level in (0, 128, 255):
        assert noise.strength(noise.spectra(np.full((128, 128, 3), level, np.uint8))[0]) == 0


def test_colour_noise_is_told_from_brightness_noise(scene):
    grain = np.random.default_rng(0).normal(0, 10, scene.shape[:2])
    red_for_blue = scene + np.dstack([grain, np.zeros_like(grain), -grain])
    spectrum = noise.spectra(np.clip(np.rint(red_for_blue), 0, 255).astype(np.uint8))[0]
    assert spectrum[1].mean() > 5 * spectrum[0].mean()


def test_halving_halves_white_noise(scene, noisy):
    fine, half, quarter = (noise.strength(part) for part in noise.spectra(noisy(scene, 20)))
    assert half == pytest.approx(fine / 2, rel=0.35)
    assert quarter == pytest.approx(fine / 4, rel=0.5)


def test_tiny_pictures_are_no_error():
    assert noise.strength(noise.spectra(np.zeros((3, 5, 3), np.uint8))[0]) == 0
