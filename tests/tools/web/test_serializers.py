import pytest

from tools.models import Attempt
from tools.web import serializers


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
