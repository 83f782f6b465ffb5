"""Contract 1.8: background, type, shadow, semitransparency (checks 90–102)."""

import numpy as np
import pytest

from tests.tools.web.removebg.conftest import packed


def clear(answer_to):
    return answer_to().pixels[..., 3] == 0


@pytest.mark.parametrize(
    ("given", "rgba"),
    [
        ("fff", (255, 255, 255, 255)),
        ("81d4fa", (0x81, 0xD4, 0xFA, 255)),
        ("81d4fa77", (0x81, 0xD4, 0xFA, 0x77)),
        ("f00a", (255, 0, 0, 0xAA)),
        ("green", (0, 128, 0, 255)),
        ("#81d4fa", (0x81, 0xD4, 0xFA, 255)),
    ],
)
def test_090_colours_are_digits_or_names(answer_to, given, rgba):
    answer = answer_to(bg_color=given, format="png")
    corner = [*answer.pixels[3, 3], 255][:4]
    assert tuple(corner) == rgba


def test_091_a_clear_colour_leaves_it_clear(answer_to):
    assert answer_to(bg_color="00000000").data == answer_to().data


def test_092_a_bad_colour_is_refused(call, person):
    for given in ("12345", "zzz", "rgb(1,2,3)"):
        answer = call(image_file=person, bg_color=given)
        assert (answer.status, answer.code) == (400, "invalid_bg_color")


def halves(width, height):
    """Blue on the left, yellow on the right."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:, : width // 2], pixels[:, width // 2 :] = (0, 0, 250), (250, 250, 0)
    return packed(pixels, "PNG")


@pytest.mark.parametrize("size", [(500, 333), (80, 300), (900, 100)])
def test_093_a_picture_behind_covers_from_its_middle(call, person, answer_to, size):
    answer = call(image_file=person, bg_image_file=halves(*size), format="png")
    assert answer.status == 200
    assert answer.image.mode == "RGB"
    shown = clear(answer_to)
    assert np.abs(answer.pixels[:, :230][shown[:, :230]] - np.array((0, 0, 250))).max() <= 6
    assert np.abs(answer.pixels[:, 270:][shown[:, 270:]] - np.array((250, 250, 0))).max() <= 6


def test_094_two_backgrounds_are_refused(call, person):
    answer = call(image_file=person, bg_color="fff", bg_image_url="https://example.com/a.jpg")
    assert (answer.status, answer.code) == (400, "multiple_bg_sources")
    assert call(image_file=person, bg_color="fff", bg_image_url="").status == 200


def test_095_a_bad_address_of_a_background_is_refused(call, person, settings):
    answer = call(image_file=person, bg_image_url="not a url")
    assert (answer.status, answer.code) == (400, "invalid_bg_image_url")
    settings.FETCH_ALLOWED = {"127.0.0.1:9"}
    answer = call(image_file=person, bg_image_url="http://127.0.0.1:9/a.jpg")
    assert (answer.status, answer.code) == (400, "failed_bg_download")


TYPES = ["auto", "person", "product", "car", "animal", "graphic", "transportation"]


@pytest.mark.parametrize("kind", TYPES)
def test_096_every_type_is_taken(answer_to, kind):
    assert answer_to(type=kind).status == 200


def test_097_other_is_taken(answer_to):
    assert answer_to(type="other").headers["X-Type"] == "other"


def darkened(answer, answer_to):
    """How much shadow lies where there was nothing."""
    return int(answer.pixels[..., 3][clear(answer_to)].sum())


@pytest.mark.parametrize("kind", ["auto", "drop", "3D", "car"])
def test_098_shadows_are_drawn(answer_to, kind):
    answer = answer_to(shadow_type=kind)
    assert answer.status == 200
    assert darkened(answer, answer_to) > 20_000
    opaque = answer_to().pixels[..., 3] == 255
    assert np.array_equal(answer.pixels[opaque], answer_to().pixels[opaque])


def test_098_auto_is_by_type_and_none_is_none(answer_to):
    assert answer_to(shadow_type="none").data == answer_to().data
    for kind, shadow in (
        ("car", "car"),
        ("person", "3D"),
        ("transportation", "3D"),
        ("other", "drop"),
    ):
        auto = answer_to(shadow_type="auto", type=kind)
        assert auto.data == answer_to(shadow_type=shadow, type=kind).data


def test_099_bracketed_keys_are_by_type(answer_to):
    asked = {"shadow_type[car]": "car", "shadow_type[person]": "3D"}
    assert answer_to(type="person", **asked).data == answer_to(shadow_type="3D").data
    assert answer_to(type="animal", **asked).data == answer_to().data


def test_100_opacity_is_per_cent_and_has_defaults(answer_to):
    half = answer_to(shadow_type="drop")
    assert answer_to(shadow_type="drop", shadow_opacity="50").data == half.data
    assert answer_to(shadow_type="drop", shadow_opacity="auto").data == half.data
    assert (
        answer_to(shadow_type="car", shadow_opacity="90").data == answer_to(shadow_type="car").data
    )
    asked = {"shadow_type": "drop", "shadow_opacity[product]": "20"}
    assert 0 < darkened(answer_to(**asked), answer_to) < darkened(half, answer_to)
    assert answer_to(shadow_type="drop", shadow_opacity="0").data == answer_to().data


def test_101_the_old_shadow_is_for_cars_alone(answer_to):
    car = answer_to(add_shadow="true", type="car")
    assert car.data == answer_to(**{"shadow_type[car]": "car", "type": "car"}).data
    assert darkened(car, answer_to) > 20_000
    assert answer_to(add_shadow="true", type="person").data == answer_to().data


def test_102_semitransparency_is_a_flag(call, answer_to, person):
    assert answer_to(semitransparency="false").data == answer_to().data
    answer = call(image_file=person, semitransparency="maybe")
    assert (answer.status, answer.code) == (400, "invalid_semitransparency")
