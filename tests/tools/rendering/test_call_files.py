import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from tools.pipeline.pixels import Rgb, Rgba
from tools.rendering import call_files

HALF = np.zeros((8, 16, 4), np.uint8)
HALF[:, 8:] = (200, 40, 35, 255)


def packed(pixels=HALF, **options):
    return call_files.pack_file(Rgba(pixels), {"format": "png", "channels": "rgba", **options})


@pytest.mark.parametrize(
    ("form", "kind", "mode"),
    [("png", "PNG", "RGBA"), ("webp", "WEBP", "RGBA"), ("jpg", "JPEG", "RGB")],
)
def test_a_file_is_of_the_format_that_was_wished_for(form, kind, mode):
    made = packed(format=form)
    with Image.open(io.BytesIO(made.data)) as picture:
        assert (picture.format, picture.mode, picture.size) == (kind, mode, (16, 8))
    assert (made.suffix, made.content_type) == (form, call_files.TYPES[form])


@pytest.mark.parametrize("form", ["png", "jpg", "webp"])
def test_the_alpha_alone_is_a_grey_picture(form):
    with Image.open(io.BytesIO(packed(format=form, channels="alpha").data)) as picture:
        grey = np.asarray(picture.convert("L"))
    assert grey[:, 2].max() < 10
    assert grey[:, -2].min() > 245


def test_colours_and_alpha_come_apart_and_equal_pixels_give_equal_archives():
    data = packed(format="zip").data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["color.jpg", "alpha.png"]
        with Image.open(io.BytesIO(archive.read("alpha.png"))) as alpha:
            assert alpha.getpixel((0, 0)) == 0
            assert alpha.getpixel((15, 0)) == 255
    assert packed(format="zip").data == data


def test_what_is_opaque_has_a_full_alpha():
    assert (call_files.find_alpha(Rgb(HALF[..., :3])) == 255).all()
