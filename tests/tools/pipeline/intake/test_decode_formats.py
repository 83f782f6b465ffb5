"""Every format and every mode that photos come in."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from tools.pipeline.intake import decode


def near(found: np.ndarray, wanted: np.ndarray, *, levels: int) -> bool:
    inner = (slice(4, 20), slice(4, 28))  # away from edges, where lossy formats smear
    return found.shape == wanted.shape and (
        np.abs(found[inner].astype(int) - wanted[inner]).max() <= levels
    )


@pytest.mark.parametrize(
    ("form", "options", "named", "levels"),
    [
        ("JPEG", {"quality": 95}, "jpeg", 4),
        ("JPEG", {"quality": 95, "progressive": True}, "jpeg", 4),
        ("PNG", {}, "png", 0),
        ("WEBP", {"lossless": True}, "webp", 0),
        ("WEBP", {"quality": 95}, "webp", 6),
        ("AVIF", {"quality": 95}, "avif", 6),
        ("HEIF", {}, "heic", 6),
        ("TIFF", {}, "tiff", 0),
        ("TIFF", {"compression": "tiff_lzw"}, "tiff", 0),
        ("TIFF", {"compression": "tiff_deflate"}, "tiff", 0),
        ("TIFF", {"compression": "jpeg", "quality": 95}, "tiff", 6),
        ("TIFF", {"big_tiff": True}, "tiff", 0),
        ("BMP", {}, "bmp", 0),
    ],
)
def test_a_photo_comes_out_as_it_went_in(quarters, saved, form, options, named, levels):
    found = decode.decode_photo(saved(quarters, form, **options))
    assert found.format == named
    assert found.pixels.dtype == np.uint8
    assert not found.had_alpha
    assert near(found.pixels, quarters, levels=levels)


def test_a_file_on_disk_reads_like_its_bytes(quarters, saved, tmp_path):
    place = tmp_path / "photo.png"
    place.write_bytes(saved(quarters, "PNG"))
    assert np.array_equal(decode.decode_photo(place).pixels, quarters)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF"])
def test_transparency_is_kept_to_the_bit(quarters, saved, form):
    alpha = np.linspace(0, 255, quarters.size // 3).astype(np.uint8).reshape(48, 64, 1)
    photo = np.concatenate([quarters, alpha], axis=2)
    found = decode.decode_photo(
        saved(photo, form, **({"lossless": True, "exact": True} if form == "WEBP" else {}))
    )
    assert found.had_alpha
    assert np.array_equal(found.pixels, photo)


@pytest.mark.parametrize("form", ["AVIF", "HEIF"])
def test_transparency_of_lossy_formats_is_kept(quarters, saved, form):
    photo = np.dstack([quarters, np.full((48, 64), 255, np.uint8)])
    photo[:, 32:, 3] = 100
    found = decode.decode_photo(saved(photo, form))
    assert found.had_alpha
    assert found.pixels.shape == (48, 64, 4)
    assert abs(int(found.pixels[10, 50, 3]) - 100) <= 4


def test_an_alpha_that_hides_nothing_is_left_out(quarters, saved):
    photo = np.dstack([quarters, np.full((48, 64), 255, np.uint8)])
    found = decode.decode_photo(saved(photo, "PNG"))
    assert found.had_alpha
    assert np.array_equal(found.pixels, quarters)


def test_the_first_frame_of_a_gif_is_taken(quarters, saved):
    first, second = Image.fromarray(quarters), Image.new("RGB", (64, 48), "black")
    found = decode.decode_photo(saved(first, "GIF", save_all=True, append_images=[second]))
    assert near(found.pixels, quarters, levels=8)


def test_the_first_picture_of_an_animated_png_is_taken(quarters, saved):
    second = Image.new("RGB", (64, 48), "black")
    data = saved(Image.fromarray(quarters), "PNG", save_all=True, append_images=[second])
    assert np.array_equal(decode.decode_photo(data).pixels, quarters)


def test_the_first_frame_of_an_animated_webp_is_taken(quarters, saved):
    second = Image.new("RGB", (64, 48), "black")
    data = saved(
        Image.fromarray(quarters), "WEBP", save_all=True, append_images=[second], lossless=True
    )
    assert np.array_equal(decode.decode_photo(data).pixels, quarters)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "BMP", "WEBP", "AVIF", "HEIF"])
def test_grey_becomes_colour_of_three_equal_channels(saved, form):
    grey = np.full((48, 64), 90, np.uint8)
    grey[:, 32:] = 200
    found = decode.decode_photo(saved(Image.fromarray(grey), form))
    assert near(found.pixels, np.dstack([grey] * 3), levels=4)


@pytest.mark.parametrize("form", ["PNG", "TIFF", "BMP"])
def test_one_bit_is_black_and_white(saved, form):
    bits = np.zeros((48, 64), np.uint8)
    bits[:, 32:] = 255
    found = decode.decode_photo(saved(Image.fromarray(bits).convert("1"), form))
    assert np.array_equal(found.pixels, np.dstack([bits] * 3))


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_sixteen_bit_grey_is_rounded_to_eight(saved, form):
    ramp = np.tile(np.linspace(0, 65535, 64).astype(np.uint16), (48, 1))
    found = decode.decode_photo(saved(Image.fromarray(ramp), form))
    wanted = np.rint(ramp / 257).astype(np.uint8)
    assert np.array_equal(found.pixels, np.dstack([wanted] * 3))


def test_sixteen_bit_colour_is_read(quarters):
    deep = quarters.astype(">u2") * 257
    rows = b"".join(b"\0" + row.tobytes() for row in deep)
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in (
            (b"IHDR", struct.pack(">IIBBBBB", 64, 48, 16, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(rows)),
            (b"IEND", b""),
        )
    )
    assert np.array_equal(decode.decode_photo(data).pixels, quarters)


@pytest.mark.parametrize("top", [1.0, 255.0, 65535.0, 1e6])
def test_a_tiff_of_floats_is_scaled_by_what_it_holds(saved, top):
    ramp = np.tile(np.linspace(0, top, 64).astype(np.float32), (48, 1))
    ramp[0, 0] = np.nan
    found = decode.decode_photo(saved(Image.fromarray(ramp), "TIFF"))
    wanted = np.rint(np.nan_to_num(ramp) / top * 255)
    assert np.abs(found.pixels[..., 0] - wanted).max() <= 1


@pytest.mark.parametrize("form", ["PNG", "GIF", "TIFF", "BMP"])
def test_a_palette_is_looked_up(quarters, saved, form):
    found = decode.decode_photo(saved(Image.fromarray(quarters).quantize(16), form))
    assert near(found.pixels, quarters, levels=8)


@pytest.mark.parametrize("form", ["PNG", "GIF"])
def test_a_transparent_entry_of_a_palette_shows_through(quarters, saved, form):
    few = Image.fromarray(quarters).quantize(16)
    found = decode.decode_photo(saved(few, form, transparency=few.getpixel((2, 2))))
    assert found.pixels[2, 2, 3] == 0
    assert found.pixels[2, 60, 3] == 255


def test_a_transparent_colour_of_a_true_colour_png_shows_through(quarters, saved):
    found = decode.decode_photo(saved(quarters, "PNG", transparency=(200, 30, 40)))
    assert found.pixels[2, 2, 3] == 0
    assert found.pixels[2, 60, 3] == 255


def test_a_transparent_level_of_deep_grey_shows_through(saved):
    deep = Image.fromarray(np.tile(np.arange(64, dtype=np.uint16) * 1000, (48, 1)))
    found = decode.decode_photo(saved(deep, "PNG", transparency=5000))
    assert (found.pixels[:, 5, 3] == 0).all()
    assert (found.pixels[:, 6, 3] == 255).all()


def test_grey_with_alpha_keeps_its_alpha(saved):
    grey = np.full((48, 64), 90, np.uint8)
    alpha = np.tile(np.arange(64, dtype=np.uint8) * 4, (48, 1))
    both = Image.merge("LA", [Image.fromarray(grey), Image.fromarray(alpha)])
    found = decode.decode_photo(saved(both, "PNG"))
    assert np.array_equal(found.pixels, np.dstack([grey, grey, grey, alpha]))


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
def test_inks_without_a_profile_are_read_the_right_way_round(saved, form):
    inks = Image.new("CMYK", (64, 48), (0, 255, 255, 0))  # full magenta and yellow: red
    red = decode.decode_photo(
        saved(inks, form, **({"quality": 95} if form == "JPEG" else {}))
    ).pixels
    assert red[20, 20, 0] > 200
    assert red[20, 20, 1:].max() < 60


def test_a_ycbcr_tiff_becomes_rgb(quarters, saved):
    found = decode.decode_photo(saved(Image.fromarray(quarters).convert("YCbCr"), "TIFF"))
    assert near(found.pixels, quarters, levels=4)


def test_a_lab_tiff_becomes_rgb(quarters, saved):
    lab = ImageCms.profileToProfile(
        Image.fromarray(quarters),
        ImageCms.createProfile("sRGB"),
        ImageCms.createProfile("LAB"),
        outputMode="LAB",
    )
    assert near(decode.decode_photo(saved(lab, "TIFF")).pixels, quarters, levels=6)


def test_an_interlaced_png_is_read(quarters):
    """Adam7 with one pass filled: Pillow writes none, so libpng's order is written here."""
    passes = [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ]
    rows = b"".join(
        b"\0" + quarters[y, left::across].tobytes()
        for left, top, across, down in passes
        for y in range(top, 48, down)
    )
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in (
            (b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 1)),
            (b"IDAT", zlib.compress(rows)),
            (b"IEND", b""),
        )
    )
    assert np.array_equal(decode.decode_photo(data).pixels, quarters)
