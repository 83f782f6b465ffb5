import numpy as np
import pytest

from tools.pipeline.enhancing import denoise, tiles
from tools.pipeline.scoring.enhance import psnr


@pytest.mark.parametrize(("sigma", "gain"), [(15, 8), (25, 10), (50, 12.5)])
def test_noise_of_unknown_strength_is_taken_out(scene, noisy, sigma, gain):
    before = noisy(scene, sigma)
    assert psnr(scene, denoise.denoise_photo(before)) - psnr(scene, before) > gain


def test_clipped_noise_leaves_black_black_and_white_white(noisy):
    picture = np.zeros((192, 192, 3), np.uint8)
    picture[:, 96:] = 255
    clean = denoise.denoise_photo(noisy(picture, 30), sigma=30).astype(int)
    assert clean[:, 8:88].mean() < 2
    assert clean[:, 104:184].mean() > 253


def test_a_clean_picture_is_hardly_touched(scene):
    assert psnr(scene, denoise.denoise_photo(scene)) > 42


@pytest.mark.parametrize("sigma", [5, 12, 30])
def test_tiles_leave_no_trace(scene, noisy, sigma, monkeypatch):
    photo = noisy(np.hstack([scene, scene[:, ::-1]]), sigma)
    whole = denoise.denoise_photo(photo, sigma=sigma)
    monkeypatch.setattr(tiles.run_tiles, "__kwdefaults__", {"side": 256, "progress": None})
    tiled = denoise.denoise_photo(photo, sigma=sigma)
    assert np.abs(whole.astype(int) - tiled).max() <= 1


def test_strength_mixes_with_the_photo(scene, noisy):
    photo = noisy(scene, 20)
    assert denoise.denoise_photo(photo, strength=0) is photo
    half = denoise.denoise_photo(photo, strength=0.5).astype(float)
    full = denoise.denoise_photo(photo, strength=1).astype(float)
    assert np.abs(half - (full + photo) / 2).max() <= 1


def test_alpha_is_carried_through(scene, noisy):
    alpha = np.random.default_rng(0).integers(1, 256, scene.shape[:2], dtype=np.uint8)
    photo = np.dstack([noisy(scene, 10), alpha])
    clean = denoise.denoise_photo(photo)
    assert np.array_equal(clean[..., 3], alpha)
    assert np.array_equal(
        clean[..., :3], denoise.denoise_photo(np.ascontiguousarray(photo[..., :3]))
    )


def test_progress_is_told_and_may_stop_the_work(scene, noisy):
    told = []
    denoise.denoise_photo(noisy(scene, 10), progress=told.append)
    assert told[-1] == 1

    class StoppedError(Exception):
        pass

    def stop(_share):
        raise StoppedError

    with pytest.raises(StoppedError):
        denoise.denoise_photo(noisy(scene, 10), progress=stop)


@pytest.mark.parametrize("size", [(1, 1), (5, 40), (17, 9), (64, 33)])
def test_odd_and_tiny_sizes_work(size):
    photo = np.random.default_rng(0).integers(0, 256, (*size, 3), dtype=np.uint8)
    assert denoise.denoise_photo(photo, sigma=25).shape == photo.shape


def test_print_stays_the_same_print(label, noisy):
    clean = denoise.denoise_photo(noisy(label, 15))
    dark = label.mean(axis=2) < 120
    assert np.mean((clean.mean(axis=2) < 120) == dark) > 0.985
