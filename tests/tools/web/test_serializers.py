from uuid import uuid4

import pytest

from tools.models import Attempt
from tools.web import outline_claims, serializers


def shown(confidence, status=Attempt.Status.DONE):
    return Attempt(status=status, facts={"subject": {"confidence": confidence}})


@pytest.mark.parametrize("confidence", [0.0, 0.5, 0.749])
def test_a_cut_out_that_may_be_wrong_is_said_to_be_doubtful(confidence):
    (warning,) = serializers.warnings(shown(confidence))
    assert "brush" in warning


@pytest.mark.parametrize("confidence", [0.75, 0.9, 1.0])
def test_a_cut_out_that_is_trusted_bears_no_warning(confidence):
    assert serializers.warnings(shown(confidence)) == []


def test_nothing_is_doubted_before_it_is_there():
    assert serializers.warnings(shown(0.1, Attempt.Status.RUNNING)) == []


def test_a_result_that_needed_no_cut_out_is_not_doubted():
    assert serializers.warnings(Attempt(status=Attempt.Status.DONE, facts={})) == []


def judged(sure, **more):
    outline = {"sure": sure, "confidence": 0.4, "places": [{"box": [0, 0, 1, 1], "why": "whole"}]}
    facts = {"subject": {"confidence": 0.9, "outline": outline}, **more}
    return Attempt(status=Attempt.Status.DONE, facts=facts)


def test_an_outline_in_doubt_bears_a_warning_and_shows_where():
    row = judged(sure=False)
    assert serializers.warnings(row)
    said = outline_claims.serialize_outline(row)
    assert said["places"] == [{"box": [0, 0, 1, 1], "why": "whole"}]
    assert (said["sure"], said["by_hand"], said["second"]) == (False, False, None)
    assert serializers.warnings(judged(sure=True)) == []


def test_another_answer_comes_as_a_picture():
    row = judged(sure=False, other={"name": "abc123"})
    row.photo_id = uuid4()
    assert (
        outline_claims.serialize_outline(row)["second"] == f"/photos/{row.photo_id}/cut/abc123.webp"
    )


def test_what_was_brushed_is_said_to_be_by_hand_and_not_to_be_sure():
    by_hand = {"sure": False, "confidence": 0.4, "places": [], "by_hand": True}
    said = outline_claims.serialize_outline(judged(sure=True, reshape={"outline": by_hand}))
    assert said == {**by_hand, "second": None}


def test_of_an_engine_that_says_nothing_of_outlines_nothing_is_said():
    assert outline_claims.serialize_outline(shown(0.9)) is None
