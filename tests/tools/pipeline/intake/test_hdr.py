"""HDR pictures look as their makers saw them: white is white, and greys are where they belong."""

import io

import numpy as np
import pytest

from tools.pipeline.intake import decode, hdr


def pq(nits: np.ndarray) -> np.ndarray:
    """SMPTE ST 2084, the other way round than the code under test."""
    part = (nits / 10_000) ** 0.1593017578125
    return ((0.8359375 + 18.8515625 * part) / (1 + 18.6875 * part)) ** 78.84375


def hlg(scene: np.ndarray) -> np.ndarray:
    """BT.2100's curve, likewise."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return np.where(scene <= 1 / 12, np.sqrt(3 * scene), a * np.log(12 * scene - b + 1e-12) + c)


def light(levels: np.ndarray) -> np.ndarray:
    share = levels / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


LEVELS = np.array([0, 10, 40, 90, 128, 180, 220, 255])


def greys(signal: np.ndarray, top: int) -> np.ndarray:
    numbers = np.rint(signal * top).astype(np.uint16 if top > 255 else np.uint8)
    return np.tile(numbers[None, :, None], (8, 1, 3))


@pytest.mark.parametrize(("top", "off"), [(65_535, 1), (255, 5)])
def test_greys_up_to_white_at_203_nits_come_out_as_they_are(top, off):
    found = hdr.tone_map(greys(pq(light(LEVELS) * 203), top), 9, hdr.PQ)
    assert np.abs(found[0, :, 0].astype(int) - LEVELS).max() <= off


def test_hlg_has_its_white_at_three_quarters():
    """BT.2408: 75 % of the signal is diffuse white on a screen of 1000 nits."""
    found = hdr.tone_map(greys(np.array([0.0, 0.75, 0.75, 0.75]), 65_535), 9, hdr.HLG)
    assert found[0, :, 0].tolist() == [0, *found[0, 1:, 0]]
    assert 252 <= found[0, 1, 0] <= 255
    scene = (np.array([0.18]) * 203 / 1000) ** (1 / 1.2)
    grey = hdr.tone_map(greys(hlg(scene), 65_535), 9, hdr.HLG)
    assert abs(int(grey[0, 0, 0]) - 118) <= 2  # 18 % grey in sRGB


def test_what_shines_brighter_than_white_keeps_its_steps_and_its_hue():
    nits = np.array([100.0, 203, 400, 800, 1_600])
    found = hdr.tone_map(greys(pq(nits), 65_535), 9, hdr.PQ)[0, :, 0].astype(int)
    assert (np.diff(found) > 0).all()
    assert found[1] > 225
    lamp = np.zeros((8, 8, 3), np.uint16)
    lamp[...] = np.rint(pq(np.array([900.0, 450, 90])) * 65_535)
    red, green, blue = light(hdr.tone_map(lamp, 1, hdr.PQ)[0, 0].astype(float))
    assert red > green > blue
    assert green / red == pytest.approx(0.5, abs=0.05)


def test_transparency_is_not_light():
    coded = np.full((8, 8, 4), 30_000, np.uint16)
    assert (hdr.tone_map(coded, 9, hdr.PQ)[..., 3] == round(30_000 / 257)).all()


@pytest.mark.parametrize(("transfer", "white"), [(16, 203.0), (18, None)])
def test_an_hdr_heic_is_not_grey(transfer, white):
    import pillow_heif

    signal = pq(light(np.full((64, 64, 3), 220.0)) * white) if white else np.full((64, 64, 3), 0.7)
    numbers = np.rint(signal * 65_535).astype(np.uint16)
    picture = pillow_heif.from_bytes("RGB;16", (64, 64), numbers.tobytes())
    out = io.BytesIO()
    picture.save(out, quality=95, color_primaries=9, transfer_characteristics=transfer)
    found = decode.decode_photo(out.getvalue())
    assert found.profile == f"H.273 9/{transfer}"
    assert np.abs(found.pixels.astype(int) - (220 if white else 223)).max() <= 8
