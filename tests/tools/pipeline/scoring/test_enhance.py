from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tools.pipeline.scoring import enhance

SHARED = Path(__file__).parents[5] / "shared/data/restore"


@pytest.fixture
def picture():
    return np.random.default_rng(0).integers(0, 256, (40, 50, 3), dtype=np.uint8)


def test_psnr_is_what_its_formula_says():
    first, second = np.zeros((8, 8)), np.full((8, 8), 16.0)
    assert enhance.psnr(first, second) == pytest.approx(20 * np.log10(255 / 16))
    assert enhance.psnr(first, first) == float("inf")


def test_luma_runs_from_16_to_235():
    ends = np.array([[[0, 0, 0], [255, 255, 255]]], np.uint8)
    assert enhance.luma(ends)[0] == pytest.approx([16, 235], abs=0.01)


def test_ssim_is_one_for_the_same_and_falls_with_noise(picture):
    smooth = np.full((40, 50, 3), 120, np.uint8)
    assert enhance.ssim(picture, picture) == pytest.approx(1)
    values = [enhance.ssim(smooth, enhance.noisy(smooth, sigma)) for sigma in (5, 15, 50)]
    assert values == sorted(values, reverse=True)


def test_edges_can_be_left_out(picture):
    spoilt = picture.copy()
    spoilt[0] = 255 - spoilt[0]
    assert enhance.psnr_y(picture, spoilt, shave=1) == float("inf")


def test_a_folder_gives_a_row_for_what_it_holds(tmp_path):
    folder = tmp_path / "product-clean"
    folder.mkdir()
    y, x = np.mgrid[:96, :96]
    Image.fromarray(np.dstack([100 + x, 80 + y, 120 + 0 * x]).astype(np.uint8)).save(
        folder / "mug.png"
    )
    rows = list(enhance.score_folder(tmp_path))
    assert [row.task for row in rows] == [f"denoise sigma {sigma}" for sigma in enhance.SIGMAS]
    assert all(row.folder == "product-clean" and row.pictures == 1 for row in rows)
    assert all(row.gain > 8 and row.ssim_after > row.ssim_before for row in rows)


@pytest.mark.skipif(not SHARED.exists(), reason="the measuring pictures are not here")
def test_upscaling_reaches_what_was_promised():
    rows = [*enhance._upscaling(SHARED, 2), *enhance._upscaling(SHARED, 4)]
    assert [row.gain > least for row, least in zip(rows, (0.8, 0.4), strict=True)] == [True, True]
    assert all(row.ssim_after > row.ssim_before for row in rows)
