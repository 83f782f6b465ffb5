import io

import numpy as np
import pytest
from PIL import Image, ImageOps

from tools.pipeline.intake import decode, header


def turned(quarters: np.ndarray, orientation: int) -> np.ndarray:
    """What Pillow's own transposition makes of it: a second opinion."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    Image.fromarray(quarters).save(out, "PNG", exif=exif.tobytes())
    return np.asarray(ImageOps.exif_transpose(Image.open(out)))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("JPEG", {"quality": 98, "subsampling": 0}),
        ("PNG", {}),
        ("WEBP", {"lossless": True}),
        ("AVIF", {"quality": 100, "subsampling": "4:4:4"}),
        ("TIFF", {}),
    ],
)
def test_a_photo_stands_upright(quarters, saved, form, options, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(quarters, form, exif=exif.tobytes(), **options)
    wanted = turned(quarters, orientation)
    found = decode.decode_photo(data).pixels
    assert found.shape == wanted.shape
    assert np.abs(found.astype(int) - wanted).max() <= 6
    said = header.read_header(io.BytesIO(data))
    assert (said.height, said.width) == wanted.shape[:2]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_heic_is_turned_once(quarters, saved, orientation):
    """Encoders write both EXIF's orientation and the format's own turn."""
    import pillow_heif

    exif = Image.Exif()
    exif[0x0112] = orientation
    heif = pillow_heif.from_bytes("RGB", (64, 48), quarters.tobytes())
    out = io.BytesIO()
    heif[0].info["exif"] = b"Exif\0\0" + exif.tobytes().removeprefix(b"Exif\0\0")
    heif.save(out, quality=-1, chroma=444)
    assert (b"irot" in out.getvalue()) == (orientation in {3, 5, 6, 7, 8})
    wanted = turned(quarters, orientation)
    found = decode.decode_photo(out.getvalue()).pixels
    assert found.shape == wanted.shape
    assert np.abs(found.astype(int) - wanted).max() <= 6
    said = header.read_header(out)
    assert (said.height, said.width) == wanted.shape[:2]


@pytest.mark.parametrize(
    "block",
    [b"", b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"],
)
def test_an_unreadable_exif_leaves_the_photo_as_it_stands(quarters, saved, block):
    data = saved(quarters, "JPEG", quality=95, exif=block)
    assert decode.decode_photo(data).pixels.shape == quarters.shape
