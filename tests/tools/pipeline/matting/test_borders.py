import cv2
import numpy as np
import pytest

from tools.pipeline.matting import borders, cues
from tools.pipeline.matting.superpixels import slic


@pytest.fixture(scope="module")
def bowl():
    """White on white: only a thin grey line says where the subject is."""
    lab = np.zeros((140, 140, 3), np.float32)
    lab[..., 0] = 92
    cv2.rectangle(lab, (40, 50), (100, 110), (60, 0, 0), 3)
    return lab


@pytest.fixture(scope="module")
def scene(bowl):
    return cues.scene(bowl, slic(bowl, 10))


@pytest.fixture(scope="module")
def between(bowl, scene):
    return borders.measured(scene.patches, borders.gradient(bowl))


def within(scene):
    x, y = ((scene.place + 1) * 70).T
    return (x > 46) & (x < 94) & (y > 56) & (y < 104)


def beyond(scene):
    x, y = ((scene.place + 1) * 70).T
    return (x < 32) | (x > 108) | (y < 42) | (y > 118)


def test_a_border_is_as_strong_as_the_edge_along_it(scene, between):
    flat = (within(scene) | beyond(scene))[scene.patches.edges].all(axis=1)
    assert np.median(between.strengths[flat]) < 0.1
    assert between.strengths[~flat].max() > 3
    assert len(between.lengths) == len(scene.patches.edges)
    assert (between.lengths > 0).all()


def test_what_a_line_runs_around_is_enclosed_though_it_has_no_other_colour(scene, between):
    enclosed = borders.enclosed(scene, between)
    assert enclosed[within(scene)].min() > 0.5
    assert enclosed[beyond(scene)].max() < 0.2


def test_the_cut_runs_along_the_edge_and_not_where_the_odds_end(scene, between):
    x, _ = ((scene.place + 1) * 70).T
    odds = np.where(within(scene) & (x < 80), 1, np.where(beyond(scene), -1, 0))
    found = borders.cut(scene, between, odds.astype(np.float32))
    assert found[within(scene)].all()
    assert not found[beyond(scene)].any()


def test_one_patch_alone_goes_by_its_odds():
    lab = np.zeros((8, 8, 3), np.float32)
    alone = cues.scene(lab, slic(lab, 13))
    between = borders.measured(alone.patches, borders.gradient(lab))
    assert borders.cut(alone, between, np.ones(1, np.float32)).tolist() == [True]
    assert borders.enclosed(alone, between).max() < 0.01
