import pytest

from tools.catalog.expand_photo import TOOL

SIDES = {"left": "0", "right": "0", "top": "0", "bottom": "0"}


def size(width, height, **settings):
    return TOOL.size(width, height, TOOL.validated({**SIDES, "ratio": "", **settings}))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"ratio": "1:1"}, (400, 400)),
        ({"ratio": "16:9"}, (533, 300)),
        ({"left": "0.1"}, (440, 300)),
        ({"top": "0.5", "bottom": "0.5"}, (400, 600)),
    ],
)
def test_the_button_says_the_size_that_comes_out(given, found):
    width, height = size(400, 300, **given)
    assert (width, height) == pytest.approx(found, abs=2)


def test_a_photo_of_that_shape_already_changes_nothing():
    params = TOOL.validated({**SIDES, "ratio": "1:1"})
    assert TOOL.changes_nothing(300, 300, params)
    assert not TOOL.changes_nothing(300, 200, params)


def test_a_shape_is_named_and_one_by_hand_is_not():
    assert TOOL.title(TOOL.validated({"ratio": "4:5"})) == "4:5"
    assert str(TOOL.title(TOOL.validated({"ratio": "", "left": "0.2"}))) == "Expanded"
