import cv2
import numpy as np
import pytest

from tools.pipeline.enhancing import blur, deconvolve, tiles
from tools.pipeline.scoring.enhance import psnr


@pytest.mark.parametrize("radius", [1.0, 1.5, 2.5])
def test_blur_is_measured(radius):
    y, x = np.mgrid[:320, :320]
    discs = (np.hypot(x % 80 - 40, y % 80 - 40) < 25)[..., None]
    picture = np.where(discs, (60, 90, 150), (230, 220, 200)).astype(np.uint8)
    found = blur.radius(cv2.GaussianBlur(picture, (0, 0), radius), sigma=0)
    assert found == pytest.approx(radius, rel=0.3)


@pytest.mark.parametrize("radius", [1.0, 1.5, 2.5])
def test_sharpening_comes_nearer_to_the_original(label, radius):
    photo = cv2.GaussianBlur(label, (0, 0), radius)
    assert (
        psnr(label, deconvolve.deblur_photo(photo, radius=radius / 320)) > psnr(label, photo) + 0.4
    )


def test_thin_print_never_passes_for_more_blurred_than_it_is(label):
    for radius in (1.0, 2.5):
        assert blur.radius(cv2.GaussianBlur(label, (0, 0), radius), sigma=0) <= radius


def test_an_edge_gets_no_halo():
    edge = np.full((96, 96, 3), 60, np.uint8)
    edge[:, 48:] = 190
    sharp = deconvolve.deblur_photo(cv2.GaussianBlur(edge, (0, 0), 1.8), radius=1.8 / 96)
    assert sharp.min() >= 60 - 12
    assert sharp.max() <= 190 + 12
    assert np.ptp(sharp[48, 45:51, 0].astype(int)) > 100


def test_a_sharp_photo_is_left_alone(scene):
    assert deconvolve.deblur_photo(scene, radius=0.3 / 320) is scene


def test_noise_is_not_sharpened_much(noisy):
    flat = noisy(np.full((128, 128, 3), 128, np.uint8), 6)
    assert deconvolve.deblur_photo(flat, radius=1.5 / 128).std() < 1.35 * flat.std()


def test_tiles_leave_no_trace(scene, monkeypatch):
    photo = cv2.GaussianBlur(np.tile(scene, (2, 2, 1)), (0, 0), 1.5)
    whole = deconvolve.deblur_photo(photo, radius=1.5 / 640)
    monkeypatch.setattr(tiles.run_tiles, "__kwdefaults__", {"side": 192, "progress": None})
    tiled = deconvolve.deblur_photo(photo, radius=1.5 / 640)
    assert np.abs(whole.astype(int) - tiled).max() <= 1
