import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tools.pipeline import pixels

ROOT = Path(__file__).parents[3]
RIGHT, WRONG = "pixels_right.py", "pixels_wrong.py"


@pytest.fixture(scope="module")
def complaints():
    """The lines of both snippets, as (file, number), that mypy says something about."""
    folder = Path(__file__).parent.relative_to(ROOT)
    run = subprocess.run(
        [sys.executable, "-m", "mypy", str(folder / RIGHT), str(folder / WRONG)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.findall(r"^(.+\.py):(\d+): error:", run.stdout, re.MULTILINE)
    assert {Path(name).parent for name, _ in found} == {folder}, run.stdout + run.stderr
    return {(Path(name).name, int(number)) for name, number in found}


def marked(name):
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return {(name, number) for number, line in enumerate(lines, 1) if line.endswith("# wrong")}


def test_every_kind_of_array_is_told_from_every_other_before_it_runs(complaints):
    expected = marked(WRONG)
    assert len(expected) > 10
    assert {place for place in complaints if place[0] == WRONG} == expected


def test_the_right_kinds_and_the_ways_between_them_pass(complaints):
    assert not {place for place in complaints if place[0] == RIGHT}


def test_a_picture_is_taken_apart_and_put_together_again_to_the_bit():
    rgba = pixels.Rgba(np.random.default_rng(1).integers(0, 256, (5, 7, 4), np.uint8))
    rgb, alpha = pixels.drop_alpha(rgba), pixels.take_alpha(rgba)
    assert pixels.is_rgba(rgba)
    assert pixels.is_rgb(rgb)
    assert not pixels.is_rgba(rgb)
    assert rgb.shape == (5, 7, 3)
    assert alpha.shape == (5, 7)
    assert np.array_equal(pixels.add_alpha(rgb, alpha), rgba)
    assert pixels.drop_alpha(rgb) is rgb


def test_every_alpha_comes_back_from_its_matte():
    alpha = pixels.Alpha(np.arange(256, dtype=np.uint8).reshape(16, 16))
    matte = pixels.alpha_to_matte(alpha)
    assert matte.dtype == np.float32
    assert (matte.min(), matte.max()) == (0, 1)
    assert np.array_equal(pixels.matte_to_alpha(matte), alpha)


def test_a_mask_is_all_or_nothing():
    mask = np.array([[True, False]])
    alpha = pixels.mask_to_alpha(mask)
    assert alpha.dtype == np.uint8
    assert alpha.tolist() == [[255, 0]]
