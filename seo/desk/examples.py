"""Examples asked for at the desk: a photo comes in, a worker runs the version's preset on it, and
the pair is attached to the version with its figures.
"""

import secrets

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from seo.desk.models import Making
from seo.models import Example, Version
from tools import files, jobs, limits, samples
from tools.models import Job
from tools.pipeline.intake import header


def want(
    version: Version,
    *,
    alt: str,
    caption: str = "",
    file: File[bytes] | None = None,
    sample: str = "",
) -> Making:
    """Have an example made of an upload, or of one of our own photos.

    Raises a RefusedError for what the upload's header tells, or UnknownSampleError; then nothing
    is stored and nothing asked for.
    """
    from seo.desk import tasks  # noqa: PLC0415  tasks call what calls this

    making = Making(version=version, alt=alt, caption=caption, sample=sample)
    if file is not None:
        name = file.name or "photo"
        header.read(file, name=name, limits=limits.current())  # type: ignore[arg-type]  # Django's File is a stream
        making.photo = f"desk/{making.pk}"
        files.put(making.photo, file)
    else:
        samples.get(sample)
    try:
        with transaction.atomic():
            making.save(force_insert=True)
            tasks.make_examples.delay_on_commit()
    except BaseException:
        files.remove([making.photo])
        raise
    return making


def name_of(making: Making) -> str:
    """A new name each time: a picture's address never shows another picture."""
    slug = making.version.page.slug[:60]
    return f"{slug}-{secrets.token_hex(4)}"


def attach(making: Making, example: Example) -> bool:
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


def open_ones(version: Version) -> list[Making]:
    """What is being made for a version, and what could not be."""
    return list(
        version.makings.exclude(status=Job.Status.DONE)
        .exclude(status=Job.Status.CANCELLED)
        .order_by("created")
    )


def reap() -> int:
    """Give lapsed makings to others; return how many wait for somebody to ring."""
    for making in jobs.lapsed(Making.objects.all()):
        jobs.requeue(making)
    return Making.objects.filter(status=Job.Status.QUEUED).count()
