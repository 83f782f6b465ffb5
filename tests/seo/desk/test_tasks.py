import pytest

from seo.desk import tasks
from seo.desk.examples import orders

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(monkeypatch):
    found = []
    monkeypatch.setattr(tasks.make_examples, "delay", lambda: found.append("make_examples"))
    return found


def test_examples_that_nobody_was_told_of_are_found_by_the_timetable(called, written):
    tasks.reap_examples()
    assert called == []
    orders.order_example(written("mug"), alt="A mug", sample="mug-on-paper")
    tasks.reap_examples()
    assert called == ["make_examples"]
