import cv2
import numpy as np
import pytest

from tools.pipeline.enhancing import cubic, upscale
from tools.pipeline.scoring.enhance import psnr_y, ssim


def _reduced(picture, factor):
    small = upscale._reduced(picture.astype(np.float32), factor, upscale._kernel(factor))
    return np.clip(np.rint(small), 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("factor", "gain"), [(2, 0.8), (4, 0.4)])
def test_it_beats_cubic(scene, label, factor, gain):
    for truth in (scene, label):
        small = _reduced(truth, factor)
        plain, ours = (
            cubic.upscale_bicubic(small, factor),
            upscale.upscale_photo(small, factor=factor),
        )
        assert psnr_y(truth, ours) > psnr_y(truth, plain) + gain
        assert ssim(truth, ours) > ssim(truth, plain)


def test_nothing_overshoots():
    edge = np.full((40, 40, 3), 60, np.uint8)
    edge[:, 20:] = 190
    large = upscale.upscale_photo(edge, factor=4)
    assert large.min() == 60
    assert large.max() == 190


def test_print_keeps_its_letters_and_their_places(label):
    large = upscale.upscale_photo(_reduced(label, 2), factor=2)
    dark = label.mean(axis=2) < 130
    assert np.mean((large.mean(axis=2) < 130) == dark) > 0.985
    shift, response = cv2.phaseCorrelate(
        label.mean(axis=2).astype(np.float32), large.mean(axis=2).astype(np.float32)
    )
    assert np.hypot(*shift) < 0.1
    assert response > 0.8
    assert ssim(label, large) > 0.95


@pytest.mark.parametrize("factor", [2, 4])
def test_tiles_leave_no_trace(scene, factor, monkeypatch):
    whole = upscale.upscale_photo(scene, factor=factor)
    monkeypatch.setattr(upscale, "_SIDE", 64)
    assert np.abs(whole.astype(int) - upscale.upscale_photo(scene, factor=factor)).max() <= 1


def test_alpha_is_scaled_too(scene):
    photo = np.dstack([scene, np.full(scene.shape[:2], 77, np.uint8)])
    large = upscale.upscale_photo(photo, factor=2)
    assert large.shape == (512, 640, 4)
    assert (large[..., 3] == 77).all()


def test_one_pixel_becomes_four():
    assert (upscale.upscale_photo(np.full((1, 1, 3), 9, np.uint8), factor=2) == 9).all()
