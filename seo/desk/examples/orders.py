"""Example orders: a photo comes in at the desk, a worker runs the version's preset on it, and
the pair is attached to the version with its figures.
"""

from django.core.files.base import File
from django.db import transaction

from foundation.messages import send_on_commit
from seo.desk.models import ExampleOrder
from seo.models import Version
from tools.models import Job
from tools.pipeline.intake import header
from tools.storage import files, samples, upload_limits


def order_example(
    version: Version,
    *,
    alt: str,
    caption: str = "",
    file: File[bytes] | None = None,
    sample: str = "",
) -> ExampleOrder:
    """Have an example made of an upload, or of one of our own photos.

    Raises a RefusedError for what the upload's header tells, or UnknownSampleError; then nothing
    is stored and nothing asked for.
    """
    making = ExampleOrder(version=version, alt=alt, caption=caption, sample=sample)
    if file is not None:
        name = file.name or "photo"
        header.read_header(file, name=name, limits=upload_limits.photo_limits())  # type: ignore[arg-type]  # Django's File is a stream
        making.photo = f"desk/{making.pk}"
        files.write_file(making.photo, file)
    else:
        samples.get_sample(sample)
    try:
        with transaction.atomic():
            making.save(force_insert=True)
            send_on_commit("seo.desk.tasks.make_examples", expires=600)
    except BaseException:
        files.remove_files([making.photo])
        raise
    return making


def list_open_orders(version: Version) -> list[ExampleOrder]:
    """What is being made for a version, and what could not be."""
    return list(
        version.makings.exclude(status=Job.Status.DONE)
        .exclude(status=Job.Status.CANCELLED)
        .order_by("created")
    )
