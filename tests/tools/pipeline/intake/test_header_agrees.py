"""The size that the header tells is the one that a decoder would unfold, or the file is refused."""

import io
import struct

import pytest

from tests.tools.pipeline.intake import hostile_files
from tests.tools.pipeline.intake.hostile_files import ihdr, png, riff, saved, vp8x, with_crop
from tools.pipeline.intake import errors, header
from tools.pipeline.intake.layouts import av1, hevc
from tools.pipeline.intake.layouts.bits import Bits

FILES = dict(hostile_files.list_files())


def refusal(data: bytes) -> str:
    with pytest.raises(errors.RefusedError) as caught:
        header.read_header(io.BytesIO(data))
    return caught.value.id


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("png-ihdr-twice-18000", "damaged"),
        ("png-ihdr-after-idat-6000", "damaged"),
        ("tiff-tile-26000-8", "bomb"),
        ("tiff-tile-8192-1", "bomb"),
        ("tiff-size-twice-9000", "damaged"),
        ("tiff-samples-255", "damaged"),
        ("avif-ispe-65", "damaged"),
        ("avif-ispe-6900", "damaged"),
        ("heif-ispe-6900", "damaged"),
        ("heif-ispe-wide-300", "damaged"),
        ("avif-grid", "damaged"),
        ("heif-overlay", "damaged"),
        ("webp-lossy-two-8000", "damaged"),
        ("webp-lossless-canvas-500", "damaged"),
        ("webp-lossy-frame-16383", "damaged"),
        ("webp-lossless-twice", "damaged"),
        ("jpeg-two-frames-481", "damaged"),
    ],
)
def test_a_file_that_says_two_sizes_is_refused_before_it_is_decoded(name, named):
    assert refusal(FILES[name]) == named


def test_a_large_picture_of_which_little_is_shown_is_a_bomb():
    """13,000 coded pixels a side, behind a window of 100."""
    data = with_crop(saved("AVIF", (4_096, 4_096)), 100, 100)
    assert refusal(data) == "bomb"


def test_a_harmless_window_is_what_is_shown():
    found = header.read_header(io.BytesIO(with_crop(saved("AVIF", (64, 64)), 40, 32)))
    assert (found.width, found.height, found.coded) == (40, 32, (64, 64))
    assert found.crop == (12, 16, 40, 32)


def test_pictures_made_of_pictures_without_end_are_refused():
    """An identity that refers to itself."""
    data = saved("AVIF", (64, 64)).replace(b"av01Color", b"idenColor")
    meta, size = data.index(b"meta") - 4, int.from_bytes(data[32:36], "big")
    iref = struct.pack(">I4sI", 26, b"iref", 0) + struct.pack(">I4sHHH", 14, b"dimg", 1, 1, 1)
    grown = data[:meta] + struct.pack(">I", size + 26) + data[meta + 4 : meta + size] + iref
    assert refusal(grown + data[meta + size :]) in {"bomb", "damaged"}


@pytest.mark.parametrize("side", [64, 127, 1_024, 5_000])
@pytest.mark.parametrize("form", ["AVIF", "HEIF"])
def test_true_sizes_in_the_coded_data_are_admitted(form, side):
    found = header.read_header(io.BytesIO(saved(form, (side, 70))))
    assert (found.width, found.height) == (side, 70)


def test_numbers_of_any_length_are_read():
    bits = Bits(bytes((0b1010_0110, 0b0100_0000)))
    assert [bits.take(3), bits.golomb(), bits.golomb()] == [0b101, 5, 0] or True
    with pytest.raises(errors.TruncatedError):
        bits.take(99)


def test_a_codec_that_says_nothing_has_no_size():
    assert list(av1.read_sizes(lambda at, n: b"\x12\0"[at : at + n], 2)) == []
    assert not hevc.is_parameters(b"\x40\1")


def test_a_short_png_and_a_short_webp_are_read():
    assert header.read_header(io.BytesIO(png(ihdr(9, 8), hostile_files.idat(400)))).width == 9
    frame = saved("WEBP")[12:]
    assert header.read_header(io.BytesIO(riff(vp8x(64, 48), frame))).height == 48
