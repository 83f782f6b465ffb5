from datetime import timedelta

import pytest
from django.utils import timezone

from seo.desk.examples import orders, rows
from seo.desk.models import ExampleOrder
from seo.models import Example, Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def making(written):
    return orders.order_example(written("mug"), alt="A mug", sample="mug-on-paper")


def test_each_example_has_a_name_of_its_own_that_tells_the_page(making):
    names = {rows.new_example_name(making) for _ in range(5)}
    assert len(names) == 5
    assert all(name.startswith("mug-photos-") for name in names)


def test_a_new_picture_asks_for_another_review_and_what_is_live_stays(making):
    example = Example.objects.create(name="mug-1", tool="remove-background", width=4, height=3)
    assert rows.attach_example(making, example)
    draft = Version.objects.get(pk=making.version_id)
    assert (draft.examples[0]["name"], draft.reviewer) == ("mug-1", "")
    Version.objects.update(reviewer="Lena", publish_at=timezone.now())
    assert not rows.attach_example(making, example)
    assert len(Version.objects.get(pk=making.version_id).examples) == 1


def test_an_order_whose_worker_fell_silent_waits_again(making):
    ExampleOrder.objects.update(
        status="running", lease_until=timezone.now() - timedelta(minutes=1), owner="gone", tries=1
    )
    assert rows.reap_orders() == 1
    assert ExampleOrder.objects.get().status == "queued"
