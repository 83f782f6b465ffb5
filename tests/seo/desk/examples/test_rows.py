"""An example whose workers are lost ends, and leaves no photo behind."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from seo.desk.examples import orders, rows
from seo.desk.models import ExampleOrder
from tools.models import DeadLetter, Job
from tools.queue import leases

pytestmark = pytest.mark.django_db


def test_an_example_that_kills_its_workers_ends_and_its_photo_is_gone(written, as_file, mug):
    version = written("mug")
    file = ContentFile(as_file(mug), name="mug.png")
    making = orders.order_example(version, alt="A mug", file=file)
    for _ in range(leases.MOST_TRIES):
        assert leases.claim_job(ExampleOrder.objects.all())
        ExampleOrder.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        rows.reap_orders()
    making.refresh_from_db()
    assert (making.status, making.error) == (Job.Status.FAILED, "worker-lost")
    assert not default_storage.exists(making.photo)
    assert DeadLetter.objects.get().kind == "exampleorder"
