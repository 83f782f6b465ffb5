import pytest

from seo.desk.examples import orders, worker
from seo.desk.models import ExampleOrder
from seo.images import example_images
from seo.models import Example
from tools.pipeline.errors import StepFailedError

pytestmark = pytest.mark.django_db


def test_an_example_that_fails_does_not_keep_the_next_from_being_made(written, monkeypatch):
    first, second, third = (
        orders.order_example(written(topic), alt="A", sample="mug-on-paper")
        for topic in ("mug", "shoe", "lamp")
    )

    def make(name, *_):
        if name.startswith("mug"):
            raise StepFailedError
        if name.startswith("shoe"):
            raise ZeroDivisionError
        row = Example(name=name, tool="remove-background", width=4, height=3)
        return row, {"before.webp": b"before"}

    monkeypatch.setattr(example_images, "make_example", make)
    worker.make_examples()
    ended = {row.pk: (row.status, row.error) for row in ExampleOrder.objects.all()}
    assert ended[first.pk] == ("failed", StepFailedError.id)
    assert ended[second.pk] == ("failed", "step-failed")
    assert ended[third.pk] == ("done", "")
    assert third.version.page.versions.get().examples[0]["name"] == Example.objects.get().name
