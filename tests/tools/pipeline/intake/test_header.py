"""What the web process tells of a file, and what it refuses, without decoding."""

import gzip
import io
import subprocess
import sys

import pytest
from PIL import Image

from tools.pipeline.intake import errors, header
from tools.pipeline.intake.limits import Limits


def refusal(data: bytes, **said) -> str:
    with pytest.raises(errors.RefusedError) as caught:
        header.read_header(io.BytesIO(data), **said)
    return caught.value.id


@pytest.mark.parametrize(
    ("form", "named"),
    [
        ("JPEG", "jpeg"),
        ("PNG", "png"),
        ("WEBP", "webp"),
        ("AVIF", "avif"),
        ("HEIF", "heic"),
        ("TIFF", "tiff"),
        ("BMP", "bmp"),
        ("GIF", "gif"),
    ],
)
def test_size_and_format_are_told(quarters, saved, form, named):
    data = saved(quarters, form)
    found = header.read_header(io.BytesIO(data))
    assert (found.format, found.width, found.height) == (named, 64, 48)
    assert (found.bytes, found.frames) == (len(data), 1)
    assert found.megapixels == pytest.approx(0.003072)


def test_a_path_will_do(quarters, saved, tmp_path):
    place = tmp_path / "a.webp"
    place.write_bytes(saved(quarters, "WEBP"))
    assert header.read_header(place, name=place.name).format == "webp"


def test_the_stream_is_left_at_its_start(quarters, saved):
    stream = io.BytesIO(saved(quarters, "PNG"))
    stream.seek(7)
    header.read_header(stream)
    assert stream.tell() == 0


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "TIFF", "AVIF"])
def test_frames_are_counted(quarters, saved, form):
    others = [Image.new("RGB", (64, 48), colour) for colour in ("red", "blue")]
    data = saved(Image.fromarray(quarters), form, save_all=True, append_images=others)
    assert header.read_header(io.BytesIO(data)).frames == 3
    with pytest.raises(errors.TooManyFramesError):
        header.read_header(io.BytesIO(data), limits=Limits(frames=2))


def test_a_lossy_and_a_lossless_webp_tell_their_size(quarters, saved):
    for lossless in (True, False):
        found = header.read_header(io.BytesIO(saved(quarters, "WEBP", lossless=lossless)))
        assert (found.width, found.height) == (64, 48)


def test_the_web_process_loads_no_image_library():
    program = (
        "import sys, tools.pipeline.intake.header;"
        "print([m for m in ('numpy', 'cv2', 'PIL', 'pillow_heif', 'scipy') if m in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"", "empty"),
        (b"hello, world", "not-an-image"),
        (b"\0" * 5000, "not-an-image"),
        (b"PK\x03\x04" + bytes(100), "not-an-image"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(100), "not-an-image"),
        (b"<!DOCTYPE html><html></html>", "not-an-image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- drawn --><svg width='9'></svg>", "svg"),
        ("<?xml version='1.0'?><svg:svg />".encode("utf-16"), "svg"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\n\n%PDF-1.4\n", "pdf"),
        (b"\xff\xd8\xff", "truncated"),
        (b"\x89PNG\r\n\x1a\n", "truncated"),
        (b"GIF89a", "truncated"),
        (b"II*\0\x08\0\0\0", "truncated"),
        (b"BM", "truncated"),
    ],
)
def test_what_is_no_photo_is_refused_by_name(data, named):
    assert refusal(data) == named


def test_a_packed_drawing_is_no_image():
    assert refusal(gzip.compress(b"<svg/>"), name="a.svgz") == "not-an-image"


@pytest.mark.parametrize(
    ("name", "declared"),
    [
        ("photo.jpg.html", "image/jpeg"),
        ("photo.jpg", "text/html"),
        ("photo.jpg", "image/svg+xml"),
    ],
)
def test_a_name_that_says_it_is_no_picture_is_refused(quarters, saved, name, declared):
    data = saved(quarters, "JPEG")
    assert refusal(data, name=name, declared_type=declared) == "type-mismatch"


@pytest.mark.parametrize(
    ("name", "declared"),
    [
        ("photo.jpg", "image/jpeg"),
        ("PHOTO.JPEG", "image/jpg"),
        ("photo.jfif", "image/pjpeg; charset=binary"),
        ("photo", ""),
        ("image 2026.11.22", "application/octet-stream"),
        (None, None),
        ("photo.jpg", "image/x-something-new"),
        ("photo.png", "image/png"),
        ("photo.png", ""),
        ("photo.jpg", "image/webp"),
        ("photo", "image/gif"),
        ("PHOTO.HEIC", ""),
    ],
)
def test_what_it_is_is_read_from_the_bytes(quarters, saved, name, declared):
    data = saved(quarters, "JPEG")
    assert header.read_header(io.BytesIO(data), name=name, declared_type=declared).format == "jpeg"


def test_too_many_bytes_are_refused_before_anything_is_read(quarters, saved):
    data = saved(quarters, "PNG")
    assert refusal(data + bytes(100), limits=Limits(bytes=len(data))) == "too-many-bytes"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "TIFF", "BMP", "GIF"])
def test_too_many_pixels_are_refused_before_decoding(quarters, saved, form):
    assert refusal(saved(quarters, form), limits=Limits(pixels=64 * 48 - 1)) == "too-many-pixels"
    assert header.read_header(io.BytesIO(saved(quarters, form)), limits=Limits(pixels=64 * 48))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF"])
@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1)])
def test_one_pixel_wide_is_too_small(saved, form, size):
    assert refusal(saved(Image.new("RGB", size), form)) == "too-small"


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF", "HEIF", "TIFF", "BMP", "GIF"])
def test_a_file_cut_in_half_is_truncated(quarters, saved, form):
    data = saved(quarters, form)
    assert refusal(data[: len(data) // 2]) == "truncated"


def test_a_raw_file_of_a_camera_is_no_photo_yet(saved):
    from PIL import TiffImagePlugin

    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[254] = 1
    tags[330] = 8
    assert refusal(saved(Image.new("RGB", (64, 48)), "TIFF", tiffinfo=tags)) == "not-an-image"
