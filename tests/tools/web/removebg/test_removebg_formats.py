"""Contract 1.6: format, channels, ZIP (checks 64–76). 74 is not met: see docs/removebg.md."""

import base64
import io
import zipfile

import numpy as np
import pytest
from PIL import Image


@pytest.fixture
def parts(answer_to):
    with zipfile.ZipFile(io.BytesIO(answer_to(format="zip").data)) as archive:
        yield archive


@pytest.fixture
def alpha(parts):
    return np.asarray(Image.open(io.BytesIO(parts.read("alpha.png"))))


def test_064_what_shows_through_is_a_png(answer_to):
    answer = answer_to(format="auto")
    assert (answer.headers["Content-Type"], answer.image.mode) == ("image/png", "RGBA")
    assert set(np.unique(answer.pixels[..., 3])) >= {0, 255}


def test_065_on_an_opaque_colour_it_is_a_jpeg(answer_to):
    answer = answer_to(bg_color="ffff00ff")
    assert (answer.headers["Content-Type"], answer.image.mode) == ("image/jpeg", "RGB")
    assert np.abs(answer.pixels[5, 5].astype(int) - (255, 255, 0)).max() < 12


def test_066_on_a_clear_colour_it_is_a_png(answer_to):
    answer = answer_to(bg_color="81d4fa77")
    assert (answer.headers["Content-Type"], answer.image.mode) == ("image/png", "RGBA")
    assert list(answer.pixels[5, 5]) == [0x81, 0xD4, 0xFA, 0x77]


def test_067_alpha_alone_is_grey(answer_to, alpha):
    auto, png = answer_to(channels="alpha"), answer_to(channels="alpha", format="png")
    assert (auto.headers["Content-Type"], auto.image.mode) == ("image/jpeg", "L")
    assert (png.headers["Content-Type"], png.image.mode) == ("image/png", "L")
    assert np.array_equal(png.pixels, alpha)


def test_068_jpeg_has_three_channels(answer_to):
    answer = answer_to(format="jpg")
    assert (answer.headers["Content-Type"], answer.image.mode) == ("image/jpeg", "RGB")


def test_069_webp_has_alpha(answer_to):
    answer = answer_to(format="webp")
    assert (answer.headers["Content-Type"], answer.image.mode) == ("image/webp", "RGBA")


def test_070_a_zip_holds_two_stored_parts(answer_to, parts):
    assert "application/zip" in answer_to(format="zip").headers["Content-Type"]
    kept = [(part.filename, part.compress_type) for part in parts.infolist()]
    assert kept == [("color.jpg", zipfile.ZIP_STORED), ("alpha.png", zipfile.ZIP_STORED)]


def test_071_alpha_png_is_one_grey_channel_of_eight_bits(parts):
    data = parts.read("alpha.png")
    depth, colour_type = data[24], data[25]
    assert (depth, colour_type) == (8, 0)
    assert b"tRNS" not in data
    colour = Image.open(io.BytesIO(parts.read("color.jpg")))
    assert Image.open(io.BytesIO(data)).size == colour.size


def test_072_color_jpg_keeps_the_ground_and_mends_the_edge(parts, alpha, person):
    colour = Image.open(io.BytesIO(parts.read("color.jpg")))
    assert (colour.format, colour.mode) == ("JPEG", "RGB")
    before = np.asarray(Image.open(io.BytesIO(person)).convert("RGB")).astype(int)
    differs = np.abs(np.asarray(colour).astype(int) - before).mean(2)
    # By how much JPEG alone would differ, away from the edge that is recoloured.
    near = np.asarray(
        Image.fromarray(((alpha > 0) & (alpha < 255)).astype(np.uint8) * 255)
        .resize((125, 84))
        .resize(alpha.shape[::-1])
    )
    assert differs[(alpha == 0) & (near == 0)].mean() < 3
    edge = (alpha > 60) & (alpha < 200)
    assert differs[edge].mean() > 10


def test_073_the_png_is_black_where_clear_and_the_photo_where_opaque(answer_to, alpha, person):
    pixels = answer_to().pixels
    assert np.array_equal(pixels[..., 3], alpha)
    assert not pixels[alpha == 0].any()
    before = np.asarray(Image.open(io.BytesIO(person)).convert("RGB")).astype(int)
    assert np.abs(pixels[alpha == 255][:, :3] - before[alpha == 255]).mean() < 0.5


def test_075_json_of_a_zip_is_the_zip(answer_to):
    data = base64.b64decode(answer_to("application/json", format="zip").json["data"]["result_b64"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["color.jpg", "alpha.png"]


def test_076_a_bad_format_or_channel_is_refused(call, person):
    for name in ("format", "channels"):
        answer = call(image_file=person, **{name: "nonsense"})
        assert (answer.status, answer.code) == (400, f"invalid_{name}")
