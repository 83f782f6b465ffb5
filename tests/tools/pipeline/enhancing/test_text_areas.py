import numpy as np

from tools.pipeline.enhancing import text_areas


def test_writing_is_found_and_nothing_else(written):
    share = text_areas.find_text_areas(written.photo)
    assert share[written.letters > 0].min() > 0.5
    assert share[: share.shape[0] // 4].max() < 0.05


def test_light_letters_on_a_dark_ground_are_found_too(written):
    assert text_areas.find_text_areas(255 - written.photo)[written.letters > 0].min() > 0.5


def test_a_bare_wall_has_no_writing():
    wall = np.random.default_rng(0).normal(128, 4, (300, 400, 3))
    assert text_areas.find_text_areas(wall.clip(0, 255).astype(np.uint8)).max() == 0
