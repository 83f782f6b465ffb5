import pytest

from tools.catalog.erase_object import TOOL
from tools.definition.registry import InvalidParamsError

STROKE = '[{"keep": false, "size": 0.1, "points": [[0.5, 0.5]]}]'


def test_the_same_stroke_and_seed_are_the_same_step(photo_node):
    built = [
        TOOL.build(photo_node, TOOL.validated({"strokes": STROKE, **more}))
        for more in ({}, {"seed": ""}, {"seed": "0"}, {"seed": "1"}, {"quality": "fast"})
    ]
    assert built[0] == built[1] == built[2]
    assert len({*map(str, built)}) == 3


def test_what_was_not_painted_is_proved_to_stay(photo_node):
    params = TOOL.validated({"strokes": STROKE})
    proof = TOOL.proof(photo_node, params)
    assert TOOL.build(photo_node, params) in proof.inputs
    assert TOOL.painted


def test_a_quality_that_is_none_is_refused():
    with pytest.raises(InvalidParamsError):
        TOOL.validated({"strokes": STROKE, "quality": "good"})
