"""The worker's side of attempts and exports: claim the most urgent, and see that it ends."""

import logging
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from tools import charges, jobs, packing
from tools.errors import ToolsError
from tools.making import make_archive, make_file, make_report, make_result
from tools.models import Attempt, Check, Export, Job
from tools.pipeline.errors import CancelledError, PipelineError
from tools.reporting import clear_up, fail

J = TypeVar("J", bound=Job)

logger = logging.getLogger(__name__)


def work() -> None:
    """Do the most urgent job there is; with nothing to do, do nothing."""
    # Somebody waits for a file with a finger on the button: those first.
    if archive := jobs.claim(packing.ready()):
        attend(archive, make_archive)
    elif export := jobs.claim(Export.objects.all()):
        attend(export, make_file)
        # It may be the last that an archive waited for.
        if archive := jobs.claim(packing.ready()):
            attend(archive, make_archive)
    elif check := jobs.claim(Check.objects.all()):
        attend(check, make_report)
    elif attempt := jobs.claim(Attempt.objects.all()):
        attend(attempt, make_result)


def attend(job: J, make: Callable[[J], None]) -> None:
    """Do a claimed job under its lease, and see that it ends in words whatever happens."""
    with jobs.renewed(job, also=partial(charges.extend, job) if isinstance(job, Attempt) else None):
        try:
            make(job)
        except CancelledError:
            logger.info("%s %s: nobody waits for it any more", type(job).__name__, job.pk)
            clear_up(job)
        except (PipelineError, ToolsError) as error:
            logger.info("%s %s failed: %s", type(job).__name__, job.pk, error.id, exc_info=True)
            fail(job, error.id)
        except Exception:
            logger.exception("%s %s failed", type(job).__name__, job.pk)
            fail(job, "step-failed")
