import pytest

from tools.pipeline.provenance import claims

KEPT = {"kept": True, "identical": 1, "scale": 1, "core": 900}
PLACE = {"box": [0, 0, 1, 1], "why": "edge"}


@pytest.mark.parametrize(
    ("fidelity", "resized", "verdict"),
    [
        (KEPT, False, "kept"),
        (KEPT, True, "resized"),
        ({**KEPT, "scale": 0.8}, False, "resized"),
        ({**KEPT, "identical": 0.9997}, False, "most"),
        ({**KEPT, "expected": "structure"}, False, "structure"),
        ({**KEPT, "kept": False}, False, None),
        ({**KEPT, "broken": ["core"]}, False, None),
        ({}, False, None),
    ],
)
def test_pixels_are_claimed_as_far_as_they_were_proven(fidelity, resized, verdict):
    found = claims.describe_claims(fidelity, None, resized=resized)
    assert found.get("pixels", {}).get("verdict") == verdict
    assert "outline" not in found


@pytest.mark.parametrize(
    ("outline", "verdict"),
    [
        ({"sure": True, "confidence": 0.97, "places": [], "by_hand": False}, "sure"),
        ({"sure": False, "confidence": 0.4, "places": [PLACE], "by_hand": False}, "check"),
        ({"sure": False, "confidence": 0.4, "places": [], "by_hand": True}, "yours"),
        ({"sure": False, "confidence": 0.4, "places": [PLACE], "by_hand": True}, "check"),
    ],
)
def test_an_outline_is_never_claimed_to_be_surer_than_its_mark(outline, verdict):
    found = claims.describe_claims({}, outline)["outline"]
    assert (found["verdict"], found["confidence"]) == (verdict, outline["confidence"])


@pytest.mark.parametrize(
    "data",
    [
        None,
        "sure",
        {},
        {"outline": {"verdict": "<script>"}},
        {"outline": {"verdict": ["sure"]}},
        {"pixels": "kept"},
    ],
)
def test_what_somebody_else_wrote_there_is_not_taken_over(data):
    assert claims.read_claims(data) is None


def test_a_share_that_is_none_is_left_out():
    data = {"outline": {"verdict": "sure", "confidence": 17, "html": "<b>"}}
    assert claims.read_claims(data) == {"outline": {"verdict": "sure"}}
