import pytest

from tools.catalog.enhance_photo import TOOL


def params(**settings):
    return TOOL.validated({"auto": "", **settings})


@pytest.mark.parametrize(
    ("given", "nothing"),
    [({}, True), ({"auto": "on"}, False), ({"sharpen": "0.1"}, False), ({"size": "2"}, False)],
)
def test_settings_that_leave_the_photo_as_it_is_are_known(given, nothing):
    assert TOOL.changes_nothing(100, 100, params(**given)) is nothing


def test_what_more_pixels_bring_is_shown_at_full_size():
    assert TOOL.proxied(params(sharpen="0.5"))
    assert not TOOL.proxied(params(size="4"))
    assert TOOL.size(100, 50, params(size="4")) == (400, 200)
    assert str(TOOL.title(params(size="4"))) == "4×"


def test_a_strength_that_was_set_by_hand_counts_only_without_the_automatic(photo_node):
    by_hand = TOOL.build(photo_node, params(denoise="0.5"))
    assert by_hand != TOOL.build(photo_node, params(denoise="0.9"))
    both = [TOOL.build(photo_node, params(auto="on", denoise=share)) for share in ("0.5", "0.9")]
    assert both[0] == both[1]
