"""Files opened by two decoders that are not ours: what was white paper is white in them."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from tools.pipeline import encoding
from tools.pipeline.white_jpeg.writer import write_white_jpeg


def disc():
    """A saturated disc with a grain, its edge a pixel soft, in a picture of odd sides."""
    random = np.random.default_rng(2)
    y, x = np.mgrid[:301, :293]
    share = np.clip(110.5 - np.hypot(x - 150, y - 140), 0, 1)[..., None]
    colour = np.array([200, 30, 20]) + random.normal(0, 6, (301, 293, 3))
    return laid(colour, share)


def lettering():
    """Dark print, which rings most, and a pale blue thing."""
    share = np.zeros((240, 320), np.uint8)
    cv2.putText(share, "Aa 27", (20, 110), cv2.FONT_HERSHEY_SIMPLEX, 3, 255, 5, cv2.LINE_AA)
    cv2.circle(share, (240, 190), 30, 255, cv2.FILLED, cv2.LINE_AA)
    colour = np.full((240, 320, 3), (18, 22, 30), np.float32)
    colour[150:] = (205, 222, 244)
    return laid(colour, share[..., None] / 255)


def laid(colour, share):
    """(the picture, where it is the product's own soft edge or inside)."""
    picture = np.clip(colour * share + 255 * (1 - share), 0, 255).round().astype(np.uint8)
    return picture, share[..., 0] > 0


def opened(data):
    with Image.open(io.BytesIO(data)) as picture:
        yield np.asarray(picture.convert("RGB"))
    yield cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)[..., ::-1]


def noise_of(found, picture, product):
    return float(np.sqrt(((found.astype(float) - picture) ** 2)[product].mean()))


@pytest.mark.parametrize("quality", [97, 92, 70, 50])
@pytest.mark.parametrize("make", [disc, lettering])
def test_no_pixel_beyond_the_edge_is_darker_than_white(make, quality):
    picture, product = make()
    data = encoding.encode_white_jpeg(picture, beyond=~product, quality=quality)
    usual = encoding.encode_jpeg(picture, quality=quality)
    assert min(pixels[~product].min() for pixels in opened(usual)) < 255
    for pixels, known in zip(opened(data), opened(usual), strict=True):
        assert pixels.shape == picture.shape
        assert (pixels[~product] == 255).all()
        # And the product is what it is in any file of that quality.
        assert noise_of(pixels, picture, product) < 1.5 * noise_of(known, picture, product) + 0.5


def test_a_picture_without_paper_is_as_any_other():
    picture = np.random.default_rng(4).integers(0, 200, (90, 130, 3)).astype(np.uint8)
    paper = np.zeros((90, 130), bool)
    data = write_white_jpeg(picture, paper, quality=90, profile=encoding.srgb_profile())
    ours, theirs = next(opened(data)), next(opened(encoding.encode_jpeg(picture, quality=90)))
    everywhere = np.ones((90, 130), bool)
    assert noise_of(ours, picture, everywhere) < 1.1 * noise_of(theirs, picture, everywhere)


def test_the_file_says_its_colours_and_keeps_them_at_full_size():
    data = encoding.encode_white_jpeg(disc()[0])
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.info["icc_profile"] == encoding.srgb_profile()
        assert [layer[1:3] for layer in picture.layer] == [(1, 1)] * 3
        assert "progressive" not in picture.info


def test_equal_pixels_give_equal_files():
    one, two = (encoding.encode_white_jpeg(disc()[0]) for _ in range(2))
    assert one == two
