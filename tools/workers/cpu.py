"""CPU worker: claim the most urgent attempt or export, and see that it ends."""

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from tools.models import Attempt, Check, Export, Job, Relay
from tools.pipeline import batch_keys
from tools.pipeline.run import ElsewhereError
from tools.pricing import charges
from tools.queue import leases
from tools.rendering import handoff, zip_files
from tools.rendering.progress import ends_in_words
from tools.rendering.render import make_archive, make_file, make_report, make_result

J = TypeVar("J", bound=Job)


def work_once() -> None:
    """Do the most urgent job there is; with nothing to do, do nothing."""
    # Somebody waits for a file with a finger on the button: those first.
    if archive := leases.claim_job(zip_files.list_ready_zips()):
        attend(archive, make_archive)
    elif export := leases.claim_job(Export.objects.filter(lot="")):
        attend(export, make_file)
        # It may be the last that an archive waited for.
        if archive := leases.claim_job(zip_files.list_ready_zips()):
            attend(archive, make_archive)
    elif check := leases.claim_job(Check.objects.all()):
        attend(check, make_report)
    elif attempt := leases.claim_job(Attempt.objects.filter(lot="")):
        attend(attempt, make_result)


def attend(job: J, make: Callable[[J], None]) -> None:
    """Do a claimed job under its lease, and see that it ends in words whatever happens."""
    also = partial(charges.extend_credits, job) if isinstance(job, Attempt) else None
    with leases.keep_renewed(job, also=also), ends_in_words(job):
        leg(job, make)


def leg(job: J, make: Callable[[J], None]) -> None:
    """Make it, as far as this process can, and leave the rest to one that has a device."""
    begun = time.perf_counter()
    try:
        make(job)
    except ElsewhereError as error:
        if not isinstance(job, Relay):
            raise
        lot = batch_keys.make_batch_key(error.pending.step.node, error.pending.engine)
        spent = time.perf_counter() - begun
        handoff.pass_on_job(job, lot, seconds=spent, values=error.pending.heavy())
