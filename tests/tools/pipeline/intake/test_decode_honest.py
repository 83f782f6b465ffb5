"""Pictures that people really have: odd, cut at the end, or with something behind them."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from tests.tools.pipeline.intake.hostile_files import chunk, with_crop
from tools.pipeline.intake import decode, errors
from tools.pipeline.intake.limits import Limits

NOISE = np.random.default_rng(2).integers(0, 256, (48, 64, 3), np.uint8)


@pytest.fixture
def photo(saved):
    """A photo as a camera writes it."""
    rows, columns = np.mgrid[:240, :320]
    pixels = np.dstack([rows % 256, columns % 256, (rows + columns) % 256]).astype(np.uint8)
    return lambda **more: saved(pixels, "JPEG", quality=90, **more)


def pixels(data: bytes) -> np.ndarray:
    return decode.decode_photo(data).pixels


@pytest.mark.parametrize("progressive", [False, True])
def test_a_motion_photo_is_its_picture(photo, progressive):
    """Android appends a film: noise, in which scans' markers stand by the hundred."""
    data = photo(progressive=progressive)
    film = np.random.default_rng(4).integers(0, 256, 7 << 20, np.uint8).tobytes()
    assert film.count(b"\xff\xda") > 64
    assert np.array_equal(pixels(data + film), pixels(data))


def test_junk_between_markers_is_passed_over(photo):
    data = photo()
    at = data.index(b"\xff\xdb")
    assert np.array_equal(pixels(data[:at] + b"\0\0junk\0" + data[at:]), pixels(data))


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("tail", [b"", bytes(4_096)])
def test_a_picture_whole_but_for_its_end_marker_is_read(photo, progressive, tail):
    data = photo(progressive=progressive)
    assert np.array_equal(pixels(data[:-2] + tail), pixels(data))


@pytest.mark.parametrize("tail", [b"", b"\xff\xd9", bytes(4_096)])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_photo_whose_lower_part_is_missing_says_so(photo, part, tail):
    data = photo()
    with pytest.raises(errors.TruncatedError):
        pixels(data[: int(len(data) * part)] + tail)


def test_a_photo_that_ends_in_true_grey_is_whole(saved):
    grey = np.full((64, 64, 3), 128, np.uint8)
    assert (pixels(saved(grey, "JPEG")) == 128).all()


@pytest.mark.parametrize("cut", [1, 4, 8, 12])
def test_a_png_without_a_whole_end_is_read(saved, cut):
    assert np.array_equal(pixels(saved(NOISE, "PNG")[:-cut]), NOISE)


def test_a_png_that_ends_in_its_pixels_is_truncated(saved):
    data = saved(np.tile(NOISE, (40, 40, 1)), "PNG")
    first = data.index(b"IDAT")
    length = int.from_bytes(data[first - 4 : first], "big")
    with pytest.raises(errors.TruncatedError):
        pixels(data[: first + length + 8])


@pytest.mark.parametrize(("wide", "high"), [(40, 32), (64, 30), (20, 48)])
def test_the_window_of_an_avif_is_cut_out(saved, wide, high):
    data = saved(NOISE, "AVIF", quality=90)
    whole = pixels(data)
    left, top = (64 - wide) // 2, (48 - high) // 2
    cut = pixels(with_crop(data, wide, high))
    assert np.array_equal(cut, whole[top : top + high, left : left + wide])


def test_a_phone_with_64_megapixels_is_read_and_no_more():
    assert Limits().pixels >= 9_248 * 6_944
    assert Limits().pixels < 70_000_000


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_the_clear_grey_of_a_png_of_few_greys_is_clear(depth):
    """Rows of each grey in turn; the second is said to be clear."""
    greys = 2**depth
    width = 8
    rows = b"".join(
        b"\0" + int("".join(f"{grey:0{depth}b}" * width), 2).to_bytes(depth, "big")
        for grey in range(greys)
    )
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, greys, depth, 0, 0, 0, 0))
    clear = chunk(b"tRNS", struct.pack(">H", 1))
    body = chunk(b"IDAT", zlib.compress(rows))
    found = pixels(b"\x89PNG\r\n\x1a\n" + head + clear + body + chunk(b"IEND", b""))
    assert found[:, 0, 3].tolist() == [255, 0, *[255] * (greys - 2)]
    assert found[0, 0, 0] == 0
    if greys > 2:
        assert found[-1, 0, 0] == 255


@pytest.mark.parametrize(
    ("form", "options"),
    [("JPEG", {}), ("PNG", {}), ("TIFF", {}), ("TIFF", {"compression": "tiff_lzw"})],
)
def test_the_dots_to_the_inch_are_kept(saved, form, options):
    found = decode.decode_photo(saved(NOISE, form, dpi=(300, 300), **options))
    assert found.dpi == pytest.approx(300, abs=0.1)
    assert decode.decode_photo(saved(NOISE, form, **options)).dpi in {None, 72.0}


def gamma_png(*chunks: bytes) -> bytes:
    out = io.BytesIO()
    Image.fromarray(np.tile(np.arange(256, dtype=np.uint8)[None, :, None], (4, 1, 3))).save(
        out, "PNG"
    )
    return out.getvalue()[:33] + b"".join(chunks) + out.getvalue()[33:]


@pytest.mark.parametrize("exponent", [1.0, 0.55, 0.4])
def test_the_gamma_of_a_png_is_followed(exponent):
    """By hand: light is the number to the power of one by gAMA; sRGB's curve writes it."""
    found = pixels(gamma_png(chunk(b"gAMA", struct.pack(">I", round(exponent * 100_000)))))
    light = (np.arange(256) / 255) ** (1 / exponent)
    curve = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    assert np.abs(found[0, :, 0] - curve * 255).max() < 1.6


def test_the_primaries_of_a_png_are_followed():
    corners = (31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000)
    red = Image.new("RGB", (4, 4), (200, 60, 60))
    out = io.BytesIO()
    red.save(out, "PNG")
    data = out.getvalue()
    said = chunk(b"cHRM", struct.pack(">8I", *corners))
    found = pixels(data[:33] + said + data[33:])
    # Display P3's red lies outside sRGB's, so the same numbers are a stronger red.
    assert found[0, 0, 0] > 210
    assert found[0, 0, 1] < 55


def test_srgb_said_outright_goes_before_gamma():
    data = gamma_png(chunk(b"sRGB", b"\0"), chunk(b"gAMA", struct.pack(">I", 100_000)))
    assert pixels(data)[0, :, 0].tolist() == list(range(256))
