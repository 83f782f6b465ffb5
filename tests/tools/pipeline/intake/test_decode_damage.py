"""Whatever is done to a file, what comes out is a picture or one of our refusals."""

import io

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tools.pipeline.intake import decode, errors
from tools.pipeline.intake.limits import Limits

LIMITS = Limits(pixels=1_000_000)
FORMS = {
    "JPEG": {},
    "JPEG progressive": {"progressive": True},
    "PNG": {},
    "WEBP": {},
    "WEBP lossless": {"lossless": True},
    "AVIF": {},
    "HEIF": {},
    "TIFF": {},
    "TIFF packed": {"compression": "tiff_lzw"},
    "BMP": {},
    "GIF": {},
}


@pytest.fixture(scope="module")
def files(saved) -> dict[str, bytes]:
    pixels = np.random.default_rng(3).integers(0, 256, (40, 56, 3), np.uint8)
    return {form: saved(pixels, form.split()[0], **more) for form, more in FORMS.items()}


def tried(data: bytes) -> None:
    try:
        found = decode.decode_photo(data, limits=LIMITS)
    except errors.RefusedError:
        return
    assert found.pixels.dtype == np.uint8
    assert found.pixels.shape[2] in {3, 4}


@pytest.mark.parametrize("form", FORMS)
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=st.data())
def test_flipped_bits_end_in_pixels_or_a_refusal(files, form, changes):
    data = bytearray(files[form])
    near_the_start = st.integers(0, min(700, len(data) - 1))
    anywhere = st.integers(0, len(data) - 1)
    for place in changes.draw(st.lists(near_the_start | anywhere, min_size=1, max_size=6)):
        data[place] ^= 1 << changes.draw(st.integers(0, 7))
    tried(bytes(data))


@pytest.mark.parametrize("form", FORMS)
def test_a_file_cut_anywhere_is_refused_or_shown(files, form):
    data = files[form]
    for length in np.linspace(0, len(data) - 1, 60).astype(int):
        tried(data[:length])


@pytest.mark.parametrize("form", ["JPEG", "JPEG progressive", "PNG", "WEBP", "TIFF", "BMP", "GIF"])
def test_a_file_without_its_second_half_is_called_truncated(files, form):
    data = files[form]
    with pytest.raises(errors.TruncatedError):
        decode.decode_photo(data[: len(data) // 2])


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(
    magic=st.sampled_from(
        [
            b"\xff\xd8\xff\xe0",
            b"\x89PNG\r\n\x1a\n",
            b"RIFF\xff\0\0\0WEBP",
            b"GIF89a",
            b"II*\0",
            b"MM\0+",
            b"BM",
            b"\0\0\0\x18ftypavif",
            b"\0\0\0\x18ftypheic",
        ]
    ),
    rest=st.binary(max_size=400),
)
def test_rubbish_after_a_true_beginning_is_refused(magic, rest):
    tried(magic + rest)


SECRETS = (b"SN-4711-SECRET", b"Secret Lane", b"GPS")


def test_camera_and_place_do_not_survive(saved):
    """The pixels are all that is kept, so nothing else can be."""
    exif = Image.Exif()
    exif[0x010F] = "Secret Lane Cameras"
    exif.get_ifd(0x8769)[0xA431] = "SN-4711-SECRET"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    data = saved(
        np.full((48, 64, 3), 77, np.uint8),
        "JPEG",
        exif=exif.tobytes(),
        comment=b"Secret Lane 12",
        xmp=b"<x:xmpmeta>GPS Secret Lane</x:xmpmeta>",
    )
    assert all(secret in data for secret in SECRETS[:2])
    from tools.pipeline import encoding

    pixels = decode.decode_photo(data).pixels
    for written in (
        encoding.encode_png(pixels),
        encoding.encode_webp(pixels),
        encoding.encode_jpeg(pixels),
    ):
        assert not any(secret in written for secret in SECRETS)
        with Image.open(io.BytesIO(written)) as opened:
            assert not set(opened.info) & {"exif", "xmp", "comment"}
