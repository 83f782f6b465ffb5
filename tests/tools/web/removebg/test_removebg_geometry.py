"""Contract 1.7: geometry (checks 77–89). The bottle of P is at most 130 by 288 pixels or so."""

import base64

import numpy as np
import pytest


@pytest.fixture
def box(answer_to):
    """Left, top, width and height of the product in P."""
    headers = answer_to().headers
    return [int(headers[f"X-Foreground-{side}"]) for side in ("Left", "Top", "Width", "Height")]


def product(answer):
    """The same, by the pixels of an answer."""
    left, top, right, bottom = (
        answer.image.getchannel("A").point(lambda value: 255 * (value >= 16)).getbbox()
    )
    return left, top, right - left, bottom - top


def test_077_crop_leaves_the_products_box(answer_to, box):
    answer = answer_to(crop="true")
    assert answer.size == tuple(box[2:])
    assert (answer.headers["X-Width"], answer.headers["X-Height"]) == tuple(map(str, box[2:]))


@pytest.mark.parametrize(
    ("margin", "by"),
    [
        ("30px", (30, 30, 30, 30)),
        ("10px 20px", (10, 20, 10, 20)),
        ("10px 20px 30px 40px", (10, 20, 30, 40)),
        ("10%", ("10%",) * 4),
    ],
)
def test_078_a_margin_is_laid_around_the_product(answer_to, box, margin, by):
    _, _, wide, high = box
    sides = (high, wide, high, wide)
    top, right, bottom, left = (
        round(side / 10) if value == "10%" else value for value, side in zip(by, sides, strict=True)
    )
    answer = answer_to(crop="true", crop_margin=margin)
    assert answer.size == (left + wide + right, top + high + bottom)
    assert product(answer)[:2] == (left, top)


def test_079_a_margin_without_a_crop_does_nothing(answer_to):
    assert answer_to(crop_margin="30px").data == answer_to().data
    assert answer_to(crop="true", crop_margin="0").data == answer_to(crop="true").data


def test_080_a_margin_is_cut_to_its_bounds(answer_to, box):
    answer = answer_to(crop="true", crop_margin="60%")
    # Half of it to each side; a half pixel goes either way.
    assert answer.image.width == pytest.approx(2 * box[2], abs=2)
    assert answer.image.height == pytest.approx(2 * box[3], abs=2)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("crop_margin", ["abc", "10", "1px 2px 3px"]),
        ("scale", ["5%", "101%", "abc", "50px"]),
        ("position", ["abc", "120%", "1% 2% 3%"]),
        ("roi", ["abc", "1px 2px 3px"]),
    ],
)
def test_081_084_085_088_what_has_another_form_is_refused(call, person, name, values):
    for value in values:
        answer = call(image_file=person, **{name: value})
        assert (answer.status, answer.code) == (400, f"invalid_{name}")


def test_082_scale_is_the_products_share_of_the_same_canvas(answer_to, box):
    answer = answer_to(scale="80%")
    left, top, wide, high = product(answer)
    assert answer.size == (500, 333)
    assert high == pytest.approx(0.8 * 333, abs=3)
    assert wide / high == pytest.approx(box[2] / box[3], rel=0.04)
    assert left + wide / 2 == pytest.approx(250, abs=2)
    assert top + high / 2 == pytest.approx(333 / 2, abs=2)


def test_083_original_changes_nothing(answer_to):
    assert answer_to(scale="original", position="original").data == answer_to().data


@pytest.mark.parametrize(
    ("position", "across", "down"),
    [("center", 0.5, 0.5), ("50%", 0.5, 0.5), ("0% 100%", 0, 1), ("100% 0%", 1, 0)],
)
def test_085_a_position_is_across_and_down(answer_to, position, across, down):
    left, top, wide, high = product(answer_to(position=position))
    assert left == pytest.approx(across * (500 - wide), abs=1)
    assert top == pytest.approx(down * (333 - high), abs=1)


def test_086_beyond_the_region_nothing_is_left(answer_to):
    answer = answer_to(roi="10% 20% 300px 100%")
    shown = answer.pixels[..., 3] > 0
    inside = np.zeros_like(shown)
    inside[round(0.2 * 333) :, 50:300] = True
    assert answer.size == (500, 333)
    assert shown[inside].any()
    assert not shown[~inside].any()


def test_087_zeros_need_no_unit(answer_to):
    assert answer_to(roi="0 0 100% 100%").data == answer_to().data


def test_088_a_region_past_the_picture_or_empty_is_refused(call, person):
    past = call(image_file=person, roi="0px 0px 501px 10px")
    assert (past.status, past.code) == (400, "roi_exceeds_bounds")
    empty = call(image_file=person, roi="10px 0px 10px 10px")
    assert (empty.status, empty.code) == (400, "roi_region_empty")


def test_089_booleans_are_words_in_forms_and_booleans_in_json(send, person, answer_to):
    text = base64.b64encode(person).decode()
    answer = send({"image_file_b64": text, "crop": True}, "application/json")
    assert answer.data == answer_to(crop="true").data
    assert answer_to(crop="false").data == answer_to().data
