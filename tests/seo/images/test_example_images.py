import io

import numpy as np
import pytest
from PIL import Image

from seo.images import example_images
from seo.models import Example
from seo.public.example_pairs import example_path
from tools.pipeline.pixels import Rgb, Rgba
from tools.storage import files


def test_a_picture_for_a_page_is_small_and_a_cut_out_lies_on_a_checkerboard():
    pixels = np.zeros((100, 2000, 4), np.uint8)
    pixels[:, 1000:] = 255
    found = example_images.shown(Rgba(pixels))
    assert found.shape == (36, example_images.LONG_SIDE, 3)
    assert {*np.unique(found[:, :300])} == {example_images.DARK, example_images.LIGHT}
    assert (found[:, 400:] == 255).all()


def test_a_picture_is_as_good_as_its_bytes_allow():
    noise = np.random.default_rng(1).integers(0, 255, (400, 400, 3)).astype(np.uint8)
    flat = np.full((400, 400, 3), 127, np.uint8)
    for pixels, fits in ((noise, False), (flat, True)):
        data = example_images.encoded(Rgb(pixels), "webp")
        assert Image.open(io.BytesIO(data)).size == (400, 400)
        assert (len(data) <= example_images.MOST_BYTES) is fits


@pytest.mark.django_db
def test_an_example_that_is_there_stays_as_it_is():
    first = Example(name="mug", tool="remove-background", width=4, height=3)
    stored = example_images.store_example(first, {"before.webp": b"first"})
    again = Example(name="mug", tool="remove-background", width=8, height=6)
    assert example_images.store_example(again, {"before.webp": b"again"}) == stored
    assert files.read_file(example_path("mug", "before.webp")) == b"first"
