import pytest

from tools.catalog.remove_background import TOOL


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Remove background"),
        ({"softness": 0.5}, "Cut-out, softer edge"),
        ({"shift": 0.5}, "Cut-out, wider"),
        ({"shift": -0.5}, "Cut-out, tighter"),
        (
            {"strokes": '[{"keep": true, "size": 0.1, "points": [[0, 0]]}]', "shift": 1},
            "Cut-out, brushed",
        ),
    ],
)
def test_an_attempt_is_named_after_what_was_changed(given, words):
    assert str(TOOL.title(TOOL.validated(given))) == words
