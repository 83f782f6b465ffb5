import io

import numpy as np
import pytest
from PIL import Image

from tools.pipeline import encoding
from tools.pipeline.intake import decode


@pytest.fixture
def photo() -> np.ndarray:
    return np.random.default_rng(5).integers(0, 256, (60, 80, 3), np.uint8)


@pytest.fixture
def cutout(photo) -> np.ndarray:
    alpha = np.tile(np.linspace(0, 255, 80).astype(np.uint8), (60, 1))
    return np.dstack([photo, alpha])


@pytest.mark.parametrize("level", [1, 6])
def test_a_png_gives_back_every_bit(photo, cutout, level):
    for pixels in (photo, cutout):
        data = encoding.encode_png(pixels, level=level)
        assert np.array_equal(encoding.decode_png(data), pixels)
        assert np.array_equal(decode.decode_photo(data).pixels, pixels)


def test_a_webp_of_quality_100_gives_back_every_bit(cutout):
    assert np.array_equal(
        decode.decode_photo(encoding.encode_webp(cutout, quality=100)).pixels, cutout
    )


def test_a_jpeg_stands_on_its_colour(cutout):
    cutout[..., 3] = 0
    found = decode.decode_photo(encoding.encode_jpeg(cutout, colour=(250, 240, 10))).pixels
    assert np.abs(found.astype(int) - (250, 240, 10)).max() <= 2


def test_flattening_leaves_what_is_opaque(cutout):
    cutout[..., 3] = 255
    assert np.array_equal(encoding.flatten_alpha(cutout, (0, 0, 0)), cutout[..., :3])


def test_flattening_mixes_what_is_half_there():
    half = np.array([[[200, 100, 0, 128]]], np.uint8)
    assert encoding.flatten_alpha(half, (0, 0, 255)).tolist() == [[[100, 50, 127]]]


def test_every_file_says_that_it_is_srgb(photo):
    assert b"sRGB" in encoding.encode_png(photo)[:60]
    for data in (encoding.encode_webp(photo), encoding.encode_jpeg(photo)):
        with Image.open(io.BytesIO(data)) as opened:
            assert opened.info["icc_profile"] == encoding.srgb_profile()


def test_equal_pixels_give_equal_files(photo):
    assert encoding.encode_jpeg(photo) == encoding.encode_jpeg(photo.copy())
    assert encoding.encode_webp(photo) == encoding.encode_webp(photo.copy())


def test_a_side_that_webp_cannot_hold_is_refused_in_its_own_words():
    with pytest.raises(encoding.TooLongError):
        encoding.encode_webp(np.zeros((2, 16_384, 3), np.uint8))


@pytest.mark.parametrize("shape", [(300, 100), (100, 300), (300, 2)])
def test_a_preview_keeps_the_proportions(shape):
    pixels = np.zeros((*shape, 3), np.uint8)
    small = encoding.shrink_preview(pixels, long_side=150)
    assert max(small.shape[:2]) == 150
    assert small.shape[0] / small.shape[1] == pytest.approx(shape[0] / shape[1], rel=0.5)


def test_a_small_picture_is_its_own_preview(photo):
    assert encoding.shrink_preview(photo, long_side=80) is photo


def test_hidden_colours_do_not_bleed_into_a_preview():
    pixels = np.zeros((64, 64, 4), np.uint8)
    pixels[:, ::2] = (0, 0, 255, 0)
    pixels[:, 1::2] = (255, 0, 0, 255)
    small = encoding.shrink_preview(pixels, long_side=32)
    assert small[..., :3].reshape(-1, 3).tolist() == [[255, 0, 0]] * (32 * 32)
