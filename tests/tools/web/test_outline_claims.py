import uuid

import pytest

from tools.models import Attempt
from tools.web import outline_claims

SAID = {"sure": True, "confidence": 0.9, "places": []}


def claims(**facts):
    return outline_claims.serialize_outline(Attempt(photo_id=uuid.uuid4(), facts=facts))


def test_of_a_result_without_a_product_nothing_is_claimed():
    assert claims() is None
    assert claims(subject={"confidence": 0.9}) is None


@pytest.mark.parametrize("last", ["reshape", "second"])
def test_what_was_done_last_to_the_outline_is_what_is_said_of_it(last):
    found = claims(subject={"outline": SAID}, **{last: {"outline": {**SAID, "sure": False}}})
    assert found["sure"] is False
    assert found["by_hand"] is False


def test_what_a_hand_decided_is_said_to_be_by_hand():
    assert claims(reshape={"outline": {**SAID, "by_hand": True}})["by_hand"]


def test_another_answer_is_a_picture_of_the_photos():
    found = claims(subject={"outline": SAID}, other={"name": "abc"})
    assert found["second"].endswith("abc/") or "abc" in found["second"]
    assert claims(subject={"outline": SAID})["second"] is None
