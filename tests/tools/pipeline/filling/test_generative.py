import numpy as np
import pytest

from tools.pipeline.compositing import product_canvas
from tools.pipeline.compositing.placement import place_product
from tools.pipeline.filling import dilation, generative
from tools.pipeline.filling.canvas import Canvas

# As large as what it is given, so that pixels can be compared with pixels.
AS_IT_IS = Canvas(shapes=((250, 200),))
ASKED = {"words": "a marble table", "seed": 3}


@pytest.fixture
def staged(bottle):
    photo, alpha = bottle()
    photo[100:120, 90:110] = 255
    place = place_product(alpha, width=200, height=250, x=0.5, y=0.9, scale=1)
    return product_canvas.stage_product(photo, alpha, place, width=200, height=250)


def test_nothing_inside_the_product_is_painted_and_all_that_is_outside_is(staged):
    job = generative.plan_surroundings(staged, ASKED, AS_IT_IS)
    alpha = staged[..., 3]
    assert (job.mask[alpha < 255] == 255).all()
    # A rim of the product is given away, so that the model sees none of its soft edge.
    inner = ~dilation.dilate_mask(alpha < 255, 2)
    assert inner.any()
    assert (job.mask[inner] == 0).all()
    assert np.array_equal(job.picture[inner], staged[inner][:, :3])
    assert (job.words, job.seed) == ("a marble table", 3)


def test_a_model_that_sees_it_small_sees_no_pixel_that_is_half_of_it(staged):
    job = generative.plan_surroundings(staged, ASKED, Canvas(shapes=((125, 100),)))
    halves = staged[..., 3].reshape(125, 2, 100, 2).min(axis=(1, 3))
    assert (job.mask[halves < 255] == 255).all()
    assert (job.mask == 0).any()


def test_glass_is_shown_to_the_model_all_the_same(staged):
    staged[..., 3] = np.minimum(staged[..., 3], 160)
    job = generative.plan_surroundings(staged, ASKED, AS_IT_IS)
    assert (job.mask == 0).any()
    assert (job.mask[staged[..., 3] < 128] == 255).all()


def test_the_lines_are_the_outline_and_what_is_printed_on_the_product(staged):
    job = generative.plan_surroundings(staged, ASKED, AS_IT_IS)
    product = staged[..., 3] > 127
    rim = dilation.dilate_mask(~product, 2) & dilation.dilate_mask(product, 2)
    drawn = job.lines == 255
    assert drawn[rim].mean() > 0.6
    assert not drawn[~dilation.dilate_mask(product, 3)].any()
    assert drawn[~dilation.dilate_mask(~product, 6)].any()
    assert set(np.unique(job.lines)) == {0, 255}


def test_an_empty_stage_has_no_lines():
    empty = np.zeros((40, 60, 4), np.uint8)
    assert not generative.lines(empty, (40, 60)).any()
