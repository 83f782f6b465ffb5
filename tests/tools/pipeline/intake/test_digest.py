import numpy as np

from tools.pipeline.intake import decode, digest


def test_one_picture_has_one_digest_whatever_the_file(quarters, saved):
    as_png = decode.decode_photo(saved(quarters, "PNG")).pixels
    as_tiff = decode.decode_photo(saved(quarters, "TIFF")).pixels
    assert digest.digest_pixels(as_png) == digest.digest_pixels(as_tiff)


def test_one_other_bit_is_another_digest(quarters):
    other = quarters.copy()
    other[0, 0, 0] ^= 1
    assert digest.digest_pixels(other) != digest.digest_pixels(quarters)


def test_the_same_bytes_in_another_shape_are_another_picture(quarters):
    assert digest.digest_pixels(quarters.reshape(64, 48, 3)) != digest.digest_pixels(quarters)


def test_a_view_counts_like_its_copy(quarters):
    assert digest.digest_pixels(quarters[::-1]) == digest.digest_pixels(
        np.ascontiguousarray(quarters[::-1])
    )
