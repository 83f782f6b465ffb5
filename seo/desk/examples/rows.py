"""Example rows: attached to their version when made, given to others when lapsed."""

import secrets

from django.db import transaction
from django.utils import timezone

from seo.desk.models import ExampleOrder
from seo.models import Example, Version
from tools.models import Job
from tools.queue import leases
from tools.storage import files


def new_example_name(making: ExampleOrder) -> str:
    """A new name each time: a picture's address never shows another picture."""
    slug = making.version.page.slug[:60]
    return f"{slug}-{secrets.token_hex(4)}"


def attach_example(making: ExampleOrder, example: Example) -> bool:
    """Give the version its new pair; False where it is no draft any more, and stays as it is."""
    row = {"name": example.name, "alt": making.alt, "caption": making.caption}
    with transaction.atomic():
        version = Version.objects.select_for_update().get(pk=making.version_id)
        if version.publish_at is not None:
            return False
        return bool(
            Version.objects.filter(pk=version.pk, publish_at=None).update(
                examples=[*version.examples, row], reviewer="", updated=timezone.now()
            )
        )


def reap_orders() -> int:
    """Give lapsed makings to others; return how many wait to be told of."""
    for making in leases.list_lapsed(ExampleOrder.objects.all()):
        if leases.requeue_job(making):
            files.remove_files([making.photo])
    return ExampleOrder.objects.filter(status=Job.Status.QUEUED).count()
