import numpy as np
import pytest

from tools.pipeline.compositing import product_canvas
from tools.pipeline.compositing.compose import composite_product, laid
from tools.pipeline.compositing.placement import place_product
from tools.pipeline.filling import dilation


@pytest.fixture
def staged(bottle):
    photo, alpha = bottle()
    place = place_product(alpha, width=300, height=260, ground=0.86)
    return (
        photo,
        alpha,
        place,
        product_canvas.stage_product(photo, alpha, place, width=300, height=260),
    )


def test_the_product_lies_where_it_will_be_laid_and_nothing_else_is_there(staged):
    photo, alpha, place, made = staged
    layer = laid(photo, alpha, place, 300, 260)
    high, wide = layer.alpha.shape
    there = made[layer.top : layer.top + high, layer.left : layer.left + wide]
    assert np.array_equal(there[..., 3], layer.alpha)
    whole = layer.alpha == 255
    assert np.array_equal(there[whole][:, :3], layer.colour[whole])
    assert (made[made[..., 3] == 0][:, :3] == product_canvas.GREY).all()
    assert np.count_nonzero(made[..., 3]) == np.count_nonzero(layer.alpha)


def test_a_product_that_runs_off_the_canvas_is_cut_there(bottle):
    photo, alpha = bottle()
    place = place_product(alpha, width=200, height=250, x=1.0, y=0.9, scale=1)
    made = product_canvas.stage_product(photo, alpha, place, width=200, height=250)
    assert made.shape == (250, 200, 4)
    assert made[:, -1, 3].any()
    assert not made[:, :60, 3].any()


def test_of_a_product_that_the_model_has_painted_too_large_nothing_shows(staged):
    photo, alpha, place, made = staged
    painted = np.full((260, 300, 3), (90, 120, 150), np.uint8)
    grown = dilation.dilate_mask(made[..., 3] > 0, 1.5)
    painted[grown] = (40, 90, 160)
    behind = product_canvas.fill_behind_product(painted, made, width=300, height=260)
    result = composite_product(behind, photo, alpha, place, wrap=0)
    beside = made[..., 3] == 0
    assert np.abs(result[beside].astype(int) - (90, 120, 150)).max() <= 1
    where = made[..., 3] == 255
    assert np.array_equal(result[where], made[where][:, :3])


def test_what_was_painted_small_is_the_background_of_the_full_size(staged):
    *_, made = staged
    painted = np.zeros((260, 300, 3), np.uint8)
    painted[..., 0] = np.linspace(0, 255, 300).astype(np.uint8)
    large = product_canvas.fill_behind_product(painted, made, width=900, height=780)
    assert large.shape == (780, 900, 3)
    assert np.abs(large[:3, ::3, 0].astype(int) - painted[:1, :, 0]).max() <= 3
