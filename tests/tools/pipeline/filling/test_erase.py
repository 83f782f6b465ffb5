import numpy as np
import pytest

from tools.pipeline.filling import erase


@pytest.fixture
def bricks():
    """Courses of bricks with grain: nothing smooth will do here."""
    random = np.random.default_rng(5)
    y, x = np.mgrid[:160, :200]
    shifted = x + 10 * (y // 12 % 2)
    joint = (y % 12 < 2) | (shifted % 20 < 2)
    picture = np.where(joint[..., None], (205, 200, 190), (150, 70, 50))
    return np.clip(picture + random.normal(0, 4, picture.shape), 0, 255).astype(np.uint8)


@pytest.fixture
def hole():
    mask = np.zeros((160, 200), np.uint8)
    mask[60:100, 80:120] = 255
    return mask


@pytest.mark.parametrize("quality", ["fast", "best"])
def test_outside_the_mask_every_pixel_stays(bricks, hole, quality):
    filled = erase.erase_object(bricks, hole, quality=quality)
    outside = ~erase.grown(hole)
    assert np.array_equal(filled[outside], bricks[outside])
    assert outside.sum() > (hole == 0).sum() - 4 * 2 * 45
    assert not np.array_equal(filled[hole > 0], bricks[hole > 0])


def test_a_pattern_goes_on(bricks, hole):
    spoilt = bricks.copy()
    spoilt[hole > 0] = (0, 255, 0)
    filled = erase.erase_object(spoilt, hole)
    inside = hole > 0
    assert (filled[inside][:, 1] < 250).all()
    truth, found = bricks[inside].astype(float), filled[inside].astype(float)
    assert np.corrcoef(truth[:, 2], found[:, 2])[0, 1] > 0.8
    assert found.std() == pytest.approx(truth.std(), rel=0.15)


def test_what_was_erased_leaves_no_trace_in_the_fill(bricks, hole):
    first, second = bricks.copy(), bricks.copy()
    first[hole > 0], second[hole > 0] = (0, 255, 0), (255, 0, 255)
    assert np.array_equal(erase.erase_object(first, hole), erase.erase_object(second, hole))


def test_a_gradient_is_continued_with_its_grain(hole):
    y, x = np.mgrid[:160, :200]
    smooth = np.dstack([180 + 0.2 * x, 190 + 0.1 * y, 170 + 0.1 * (x + y)])
    grain = np.random.default_rng(1).normal(0, 2, smooth.shape)
    photo = np.clip(np.rint(smooth + grain), 0, 255).astype(np.uint8)
    photo[hole > 0] = 0
    filled = erase.erase_object(photo, hole)[hole > 0]
    error = filled - smooth[hole > 0]
    assert abs(error.mean()) < 0.5
    assert error.std() == pytest.approx(2, rel=0.25)


def test_white_stays_pure_white(hole):
    photo = np.full((160, 200, 3), 255, np.uint8)
    photo[70:90, 90:110] = 20
    assert (erase.erase_object(photo, hole) == 255).all()


def test_the_seed_decides(bricks, hole):
    assert np.array_equal(
        erase.erase_object(bricks, hole, seed=4), erase.erase_object(bricks, hole, seed=4)
    )


def test_an_empty_or_a_full_mask_changes_nothing(bricks):
    for value in (0, 255):
        assert erase.erase_object(bricks, np.full((160, 200), value, np.uint8)) is bricks


def test_alpha_is_carried_through(bricks, hole):
    alpha = np.random.default_rng(0).integers(0, 256, hole.shape, dtype=np.uint8)
    assert np.array_equal(erase.erase_object(np.dstack([bricks, alpha]), hole)[..., 3], alpha)


def test_a_hole_at_the_corner_and_one_over_nearly_everything(bricks):
    corner = np.zeros((160, 200), np.uint8)
    corner[:50, :60] = 255
    assert erase.erase_object(bricks, corner).shape == bricks.shape
    nearly = np.full((160, 200), 255, np.uint8)
    nearly[:3] = 0
    assert np.array_equal(erase.erase_object(bricks, nearly)[:1], bricks[:1])
