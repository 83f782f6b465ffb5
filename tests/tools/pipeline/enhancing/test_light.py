import cv2
import numpy as np
import pytest

from tools.pipeline.enhancing import light, tiles, tone
from tools.pipeline.pixels import decode_srgb, encode_srgb


def _dark(picture):
    encoded = encode_srgb(decode_srgb(picture / 255.0) / 8)
    return np.rint(255 * encoded).astype(np.uint8)


def test_a_dark_photo_is_lit(scene):
    photo = _dark(scene)
    assert tone.of(photo).exposure < -2
    assert tone.of(light.relight_photo(photo)).exposure > -0.8


def test_a_well_lit_photo_is_hardly_changed(scene):
    lit = light.relight_photo(scene)
    assert abs(lit.astype(int) - scene).mean() < 12


def test_lighting_keeps_hues(scene):
    photo = _dark(scene)
    before = cv2.cvtColor(photo, cv2.COLOR_RGB2HSV)
    after = cv2.cvtColor(light.relight_photo(photo), cv2.COLOR_RGB2HSV)
    clear = before[..., 2] > 40
    turn = np.abs(before[..., 0].astype(int) - after[..., 0])[clear]
    assert np.median(np.minimum(turn, 180 - turn)) <= 2


def test_pure_white_stays_white_around_a_dark_product():
    photo = np.full((200, 240, 3), 255, np.uint8)
    photo[60:140, 70:170] = (40, 35, 30)
    lit = light.relight_photo(photo, strength=1, white_balance=1, local_contrast=1)
    assert (lit[:40] == 255).all()


def test_a_dark_product_on_white_is_not_underexposed():
    photo = np.full((200, 240, 3), 255, np.uint8)
    photo[60:140, 70:170] = (40, 35, 30)
    assert tone.of(photo).exposure > -1.2


def test_a_cast_on_grey_things_is_found_and_taken_off():
    random = np.random.default_rng(0)
    grey = np.repeat(random.integers(60, 200, (12, 16, 1)), 3, axis=2).astype(np.uint8)
    photo = np.kron(grey, np.ones((16, 16, 1))) * (1.0, 0.97, 0.9)
    photo = photo.astype(np.uint8)
    red, _, blue = tone.of(photo).cast
    assert red > 1.03
    assert blue < 0.95
    balanced = light.relight_photo(photo, strength=0, white_balance=1).astype(float)
    assert np.ptp(balanced.mean(axis=(0, 1))) < 0.4 * np.ptp(photo.mean(axis=(0, 1)))


def test_a_product_of_one_colour_is_not_taken_for_a_cast():
    photo = np.full((120, 120, 3), (210, 90, 120), np.uint8)
    assert tone.of(photo).cast == (1, 1, 1)


def test_coloured_paper_is_not_taken_for_a_cast():
    photo = np.full((200, 240, 3), (160, 185, 168), np.uint8)
    photo += np.linspace(0, 30, 240, dtype=np.uint8)[:, None]
    photo[60:140, 70:170] = 215
    red, green, blue = tone.of(photo).cast
    assert max(abs(part - 1) for part in (red, green, blue)) < 0.05


def test_a_product_on_pale_paper_is_not_overexposed():
    photo = np.full((200, 240, 3), (225, 222, 215), np.uint8)
    photo[60:140, 70:170] = (40, 60, 120)
    assert abs(tone.of(photo).exposure) < 0.2


def test_what_runs_into_white_is_overexposed(scene):
    burnt = np.minimum(scene.astype(int) + 120, 255).astype(np.uint8)
    assert tone.of(burnt).exposure > 0.5


def test_preview_and_full_size_agree(scene):
    photo = _dark(cv2.resize(scene, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC))
    small = cv2.resize(photo, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    full = cv2.resize(
        light.relight_photo(photo), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA
    )
    assert abs(full.astype(int) - light.relight_photo(small)).mean() < 1.5


def test_tiles_leave_no_trace(scene, monkeypatch):
    photo = _dark(scene)
    whole = light.relight_photo(photo, local_contrast=1)
    monkeypatch.setattr(tiles.run_tiles, "__kwdefaults__", {"side": 64, "progress": None})
    assert np.abs(whole.astype(int) - light.relight_photo(photo, local_contrast=1)).max() <= 1


@pytest.mark.parametrize("level", [0, 128, 255])
def test_one_colour_is_no_error(level):
    photo = np.full((40, 50, 3), level, np.uint8)
    lit = light.relight_photo(photo, strength=1, white_balance=1, local_contrast=1)
    assert np.ptp(lit) <= 1
