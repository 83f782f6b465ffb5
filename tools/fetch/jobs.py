"""Fetch jobs: photos by their address on the web, fetched beside the worker's own work."""

import logging
import tempfile
import time
from collections.abc import Iterator

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from tools.errors import ToolsError
from tools.fetch import http
from tools.models import Fetch, Job, Photo
from tools.pipeline.errors import CancelledError, PipelineError
from tools.pipeline.intake import header
from tools.queue import dead_letters, leases
from tools.storage import files, upload_limits

logger = logging.getLogger(__name__)

SECONDS = 20.0
# Running at once on all machines together: others' servers may be slow, and ours are not theirs.
MOST_AT_ONCE = 16
SECONDS_BETWEEN_REPORTS = 0.25
SPOOL_BYTES = 2**20
STEP = "fetch"


def fetch_waiting() -> Iterator[str]:
    """Fetch what waits; yield each photo that is now here to be read."""
    running = Fetch.objects.filter(status=Job.Status.RUNNING)
    while running.count() < MOST_AT_ONCE and (job := leases.claim_job(Fetch.objects.all())):
        if attend(job):
            yield str(job.photo_id)


def attend(job: Fetch) -> bool:
    """Fetch one under its lease; whatever happens, its photo has come or says why it did not."""
    with leases.keep_renewed(job):
        try:
            return bring(job)
        except CancelledError:
            logger.info("Fetch %s: nobody waits for it any more", job.pk)
        except (ToolsError, PipelineError) as error:
            logger.info("Fetch %s failed: %s", job.pk, error.id)
            refuse(job, error.id, **getattr(error, "facts", {}))
        except Exception as error:
            # Nobody foresaw it; whoever waits is told all the same, and the operator finds it listed.
            logger.exception("Fetch %s failed", job.pk)
            refuse(job, "unreachable")
            dead_letters.note_dead_job(job, "unreachable", error)
    return False


def bring(job: Fetch) -> bool:
    """Fetch the file and lay it where an upload would be."""
    name = files.incoming_path(job.photo_id)
    most = upload_limits.photo_limits().bytes
    with tempfile.SpooledTemporaryFile(SPOOL_BYTES) as spool:
        place = http.download_url(
            job.address, spool, most=most, seconds=SECONDS, report=Report(job)
        )
        # What servers say of a file's type is wrong too often to refuse a photo for it.
        head = header.read_header(spool, limits=upload_limits.photo_limits())  # type: ignore[arg-type]  # a temporary file is a stream
        files.write_file(name, File(spool))
    size = {"width": head.width, "height": head.height}
    with transaction.atomic():
        if leases.finish_job(job):
            told(job, incoming=name, name=place.file, format=head.format, **size)
            return True
    files.remove_files([name])
    return False


def refuse(job: Fetch, error: str, **facts: object) -> None:
    with transaction.atomic():
        if leases.fail_job(job, error, **facts):
            told(job, state=Photo.State.REFUSED, error=error, error_facts=facts)


def give_up(job: Fetch) -> None:
    """Its workers were lost, again and again."""
    told(job, state=Photo.State.REFUSED, error="worker-lost")


def told(job: Fetch, **fields: object) -> None:
    received = Photo.objects.filter(pk=job.photo_id, state=Photo.State.RECEIVED)
    received.update(**fields, changed=timezone.now())


class Report:
    """Writes down how much has come, and ends it when nobody waits for it any more."""

    def __init__(self, job: Fetch) -> None:
        self.job = job
        self.last = 0.0

    def __call__(self, share: float) -> None:
        now = time.monotonic()
        if now - self.last < SECONDS_BETWEEN_REPORTS:
            return
        self.last = now
        if not leases.report_progress(self.job, STEP, share):
            raise CancelledError
