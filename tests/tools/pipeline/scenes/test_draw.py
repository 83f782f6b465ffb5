import cv2
import numpy as np
import pytest

from tools.pipeline.scenes import draw
from tools.pipeline.scenes.registry import FAMILIES, SCENES, UnknownSceneError
from tools.pipeline.scenes.surfaces import materials
from tools.pipeline.scenes.surfaces.texture_cache import TextureCache

ONE_OF_EACH = [next(s.slug for s in SCENES if s.family == family) for family in FAMILIES]


@pytest.mark.parametrize("slug", [scene.slug for scene in SCENES])
def test_every_scene_is_drawn(slug):
    picture = draw.draw_scene(slug=slug, width=96, height=72)
    assert picture.shape == (72, 96, 3)
    assert picture.dtype == np.uint8
    assert picture.std() > 0.3, "a scene is never one flat colour"


@pytest.mark.parametrize("slug", ONE_OF_EACH)
def test_a_scene_is_the_same_each_time(slug):
    first = draw.draw_scene(slug=slug, width=120, height=100)
    assert np.array_equal(first, draw.draw_scene(slug=slug, width=120, height=100))


def test_another_seed_lays_another_stone():
    first = draw.draw_scene(slug="marble-black", width=160, height=120)
    second = draw.draw_scene(slug="marble-black", width=160, height=120, seed=1)
    assert np.abs(first.astype(int) - second).mean() > 0.5


@pytest.mark.parametrize("slug", ONE_OF_EACH)
def test_small_and_large_are_one_scene(slug):
    small = draw.draw_scene(slug=slug, width=200, height=160)
    large = draw.draw_scene(slug=slug, width=800, height=640)
    reduced = cv2.resize(large, (200, 160), interpolation=cv2.INTER_AREA)
    soft = [cv2.GaussianBlur(p, (0, 0), 2).astype(int) for p in (small, reduced)]
    assert np.abs(soft[0] - soft[1]).mean() < 4


@pytest.mark.parametrize("size", [(40, 300), (300, 40), (7, 5)])
def test_any_proportions_are_drawn(size):
    for slug in ("podium-blush", "window-palm", "bokeh-city", "studio-white"):
        width, height = size
        assert draw.draw_scene(slug=slug, width=width, height=height).shape == (height, width, 3)


def test_bands_leave_no_seam():
    """Drawn in bands of rows: the step from one to the next is no larger than any other."""
    picture = draw.draw_scene(slug="podium-sage", width=1000, height=900).astype(int)
    steps = np.abs(np.diff(picture, axis=0)).mean((1, 2))
    seams = [400_000 // 1000 - 1, 2 * (400_000 // 1000) - 1]
    for seam in seams:
        near = np.r_[steps[seam - 6 : seam], steps[seam + 1 : seam + 7]]
        assert steps[seam] < near.max() + 0.5


def test_a_preview_and_a_larger_picture_share_what_is_slow_to_make(monkeypatch):
    own = TextureCache()
    monkeypatch.setattr(materials, "textures", own)
    draw.draw_scene(slug="wood-oak", width=1000, height=750)
    made = list(own.recent)
    draw.draw_scene(slug="wood-oak", width=1400, height=1400)
    assert list(own.recent) == made


def test_drawing_tells_how_far_it_is():
    told = []
    draw.draw_scene(slug="studio-white", width=1000, height=800, progress=told.append)
    assert told == sorted(told)
    assert len(told) > 2
    assert told[-1] == 1


def test_a_smooth_studio_shows_no_bands_of_colour():
    """Along a slow gradient neighbouring levels are mixed by dither, not laid in stripes."""
    picture = draw.draw_scene(slug="studio-graphite", width=600, height=600)
    column = picture[:, 300, 1].astype(int)
    runs = np.diff(np.flatnonzero(np.diff(column) != 0))
    assert np.percentile(runs, 99) < 20


def test_an_unknown_scene_is_refused():
    with pytest.raises(UnknownSceneError):
        draw.draw_scene(slug="nowhere", width=10, height=10)


def test_a_colour_is_exact():
    picture = draw.draw_colour(colour="#ffffff", width=5, height=4)
    assert picture.shape == (4, 5, 3)
    assert (picture == 255).all()


def test_a_gradient_goes_the_way_it_is_told():
    down = draw.draw_gradient(first="#000000", second="#ffffff", width=50, height=200)
    assert down[0].mean() < 40
    assert down[-1].mean() > 220
    right = draw.draw_gradient(first="#000000", second="#ffffff", width=200, height=50, angle=90)
    assert right[:, 0].mean() < 40
    assert right[:, -1].mean() > 220
    round_ = draw.draw_gradient(first="#ffffff", second="#000000", width=99, height=99, radial=True)
    assert round_[49, 49].mean() > 240
    assert round_[0, 0].mean() < 30


def test_an_own_picture_fills_the_canvas_about_its_middle():
    picture = np.zeros((100, 300, 3), np.uint8)
    picture[:, 100:200] = 255
    filled = draw.draw_own_picture(picture, width=80, height=80)
    assert filled.shape == (80, 80, 3)
    assert (filled[:, 5:-5] == 255).all()


def test_what_is_clear_in_an_own_picture_becomes_white():
    picture = np.zeros((20, 20, 4), np.uint8)
    assert (draw.draw_own_picture(picture, width=20, height=20) == 255).all()
