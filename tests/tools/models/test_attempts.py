import pytest

from tools.models import Attempt

SAID = {"sure": True, "confidence": 0.9, "places": []}


@pytest.mark.parametrize("last", ["reshape", "second"])
def test_what_was_done_last_to_an_outline_is_what_is_said_of_it(last):
    row = Attempt(facts={"subject": {"outline": SAID}, last: {"outline": {**SAID, "sure": False}}})
    assert (row.outline["sure"], row.outline["by_hand"]) == (False, False)


def test_of_a_result_without_a_product_nothing_is_said():
    assert Attempt(facts={}).outline is None
    assert Attempt(facts={"subject": {"confidence": 0.9}}).outline is None


def test_a_recipe_is_all_that_makes_the_same_again():
    row = Attempt(tool="enhance-photo", params={"size": "2"}, engines={"upscale": "embedded"})
    assert row.recipe() == {
        "tool": "enhance-photo", "params": {"size": "2"}, "engines": {"upscale": "embedded"}
    }  # fmt: skip
