import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from tools.pipeline.intake import cicp, decode


def tag(signature: bytes, body: bytes) -> tuple[bytes, bytes]:
    return signature, body + bytes(-len(body) % 4)


def icc(space: bytes, tags: list[tuple[bytes, bytes]], *, kind: bytes = b"mntr") -> bytes:
    """A version 2 profile of matrix and curve, by hand: tests need some that are not sRGB."""
    table, bodies = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for signature, body in tags:
        table += signature + struct.pack(">II", start + len(bodies), len(body))
        bodies += body
    head = bytearray(128)
    head[8:12] = b"\x02\x10\0\0"
    head[12:16], head[16:20], head[20:24] = kind, space, b"XYZ "
    head[24:36] = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    head[36:40] = b"acsp"
    head[68:80] = struct.pack(">3I", 0xF6D6, 0x10000, 0xD32D)
    whole = bytes(head) + table + bodies
    return struct.pack(">I", len(whole)) + whole[4:]


def xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def gamma(value: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(value * 256)) + b"\0\0"


WHITE = tag(b"wtpt", xyz(0.9642, 1.0, 0.8249))
NAME = tag(b"desc", b"desc\0\0\0\0" + struct.pack(">I", 5) + b"Wide\0" + bytes(79))
# Display P3's primaries, adapted to D50.
WIDE = icc(
    b"RGB ",
    [
        NAME,
        WHITE,
        tag(b"rXYZ", xyz(0.51512, 0.24120, -0.00105)),
        tag(b"gXYZ", xyz(0.29198, 0.69225, 0.04189)),
        tag(b"bXYZ", xyz(0.15710, 0.06657, 0.78407)),
        tag(b"rTRC", gamma(2.2)),
        tag(b"gTRC", gamma(2.2)),
        tag(b"bTRC", gamma(2.2)),
    ],
)
PRIMARIES = np.array(
    [[0.51512, 0.29198, 0.15710], [0.24120, 0.69225, 0.06657], [-0.00105, 0.04189, 0.78407]]
)
SRGB = np.array([[0.4361, 0.3851, 0.1431], [0.2225, 0.7169, 0.0606], [0.0139, 0.0971, 0.7141]])
LINEAR_GREY = icc(b"GRAY", [NAME, WHITE, tag(b"kTRC", gamma(1.0))])


def by_hand(*rgb: int, power: float | None = 2.2) -> np.ndarray:
    """What those numbers of Display P3 are in sRGB, by the two matrices. The curve is a power, or
    sRGB's own without one.
    """
    codes = np.array(rgb) / 255
    own = np.where(codes > 0.04045, ((codes + 0.055) / 1.055) ** 2.4, codes / 12.92)
    light = np.linalg.solve(SRGB, PRIMARIES @ (codes**power if power else own))
    curved = np.where(light > 0.0031308, 1.055 * np.abs(light) ** (1 / 2.4) - 0.055, 12.92 * light)
    return np.clip(curved, 0, 1) * 255


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "HEIF"])
def test_a_wide_gamut_becomes_srgb(saved, form):
    photo = np.full((48, 64, 3), (200, 100, 50), np.uint8)
    image = Image.fromarray(photo)
    image.info["icc_profile"] = WIDE
    found = decode.decode_photo(
        saved(image, form, **({} if form == "HEIF" else {"icc_profile": WIDE}))
    )
    assert found.profile == "Wide"
    wanted = by_hand(200, 100, 50)
    assert wanted[0] > 210  # a red that sRGB must write with a higher number
    assert np.abs(found.pixels[20, 20] - wanted).max() <= 4


def test_alpha_is_untouched_by_colour(saved):
    photo = np.full((48, 64, 4), (200, 100, 50, 77), np.uint8)
    found = decode.decode_photo(saved(photo, "PNG", icc_profile=WIDE))
    assert (found.pixels[..., 3] == 77).all()
    assert found.pixels[0, 0, 0] > 205


def test_a_grey_profile_is_followed(saved):
    grey = Image.fromarray(np.full((48, 64), 128, np.uint8))
    found = decode.decode_photo(saved(grey, "PNG", icc_profile=LINEAR_GREY))
    assert abs(int(found.pixels[0, 0, 0]) - 188) <= 2  # linear one half is 188 in sRGB


def test_srgb_under_another_name_changes_no_bit(quarters, saved):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    noisy = np.random.default_rng(1).integers(0, 256, quarters.shape, np.uint8)
    assert np.array_equal(
        decode.decode_photo(saved(noisy, "PNG", icc_profile=profile)).pixels, noisy
    )


@pytest.mark.parametrize("form", ["HEIF", "AVIF"])
def test_display_p3_by_number_becomes_srgb(form):
    import pillow_heif

    if form == "AVIF" and not pillow_heif.libheif_info()["AVIF"]:
        data = numbered_avif(primaries=12)
    else:
        photo = pillow_heif.from_bytes("RGB", (64, 48), bytes((200, 100, 50)) * (64 * 48))
        out = io.BytesIO()
        photo.save(out, quality=95, color_primaries=12, transfer_characteristics=13)
        data = out.getvalue()
    found = decode.decode_photo(data)
    assert found.profile == "Display P3"
    assert np.abs(found.pixels[20, 20] - by_hand(200, 100, 50, power=None)).max() <= 5


def numbered_avif(*, primaries: int) -> bytes:
    """Pillow writes sRGB's numbers; here are others in their place."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (200, 100, 50)).save(out, "AVIF", quality=95)
    before = b"colrnclx" + struct.pack(">HH", 1, 13)
    assert before in out.getvalue()
    return out.getvalue().replace(before, b"colrnclx" + struct.pack(">HH", primaries, 13))


def test_a_png_that_names_its_space_by_number_becomes_srgb(saved):
    data = saved(np.full((48, 64, 3), (200, 100, 50), np.uint8), "PNG")
    body = b"cICP" + bytes((12, 13, 0, 1))
    named = (
        data[:33] + struct.pack(">I", 4) + body + struct.pack(">I", zlib.crc32(body)) + data[33:]
    )
    found = decode.decode_photo(named)
    assert found.profile == "Display P3"
    assert np.abs(found.pixels[0, 0] - by_hand(200, 100, 50, power=None)).max() <= 3


def test_the_matrix_of_display_p3_is_the_published_one():
    assert np.abs(cicp.to_d50(12) - PRIMARIES).max() < 5e-4


@pytest.mark.parametrize(("primaries", "curve"), [(1, 13), (2, 2), (12, 16), (9, 18), (300, 1)])
def test_srgb_and_unknown_numbers_need_no_profile(primaries, curve):
    assert cicp.profile(primaries, curve) is None


@pytest.mark.parametrize(
    "profile", [b"rubbish", WIDE[:200], LINEAR_GREY, WIDE.replace(b"acsp", b"xxxx")]
)
def test_a_broken_or_foreign_profile_is_passed_over(quarters, saved, profile):
    found = decode.decode_photo(saved(quarters, "PNG", icc_profile=profile))
    assert found.profile is None
    assert np.array_equal(found.pixels, quarters)
