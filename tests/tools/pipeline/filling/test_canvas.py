from math import log

import pytest

from tools.pipeline.filling.canvas import Canvas, list_aspect_buckets

SIZES = [(3000, 4000), (4000, 3000), (1000, 1000), (900, 1600)]


def test_buckets_are_alike_in_pixels_and_of_the_models_steps():
    for height, width in list_aspect_buckets():
        assert height % 64 == width % 64 == 0
        assert abs(height * width / 1024**2 - 1) < 0.07


@pytest.mark.parametrize(("height", "width"), SIZES)
def test_a_picture_is_squeezed_so_little_that_it_is_not_seen(height, width):
    high, wide = Canvas(shapes=list_aspect_buckets()).size(height, width)
    assert abs(log(wide / high) - log(width / height)) < log(1.1)


def test_photos_of_nearly_one_shape_run_together():
    canvas = Canvas(shapes=list_aspect_buckets())
    assert canvas.size(3000, 4000) == canvas.size(1210, 1600) == canvas.size(600, 810)


def test_a_model_without_buckets_takes_any_shape_of_its_steps():
    assert Canvas(area=64 * 64, step=16).size(100, 200) == (48, 96)
