"""Handoff: jobs that go from process to process, and what goes with them."""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from tools.models import Attempt, Export, Relay
from tools.pipeline.errors import StepFailedError
from tools.pipeline.graph import Address
from tools.pipeline.run import Store
from tools.pipeline.store import StepStore, Value, read_value, write_value
from tools.pricing import charges
from tools.queue import leases, messages
from tools.storage import files

# No plan has nearly so many; a job that goes round in circles is to end.
MOST_LEGS = 24


def pass_on_job(job: Relay, lot: str, *, seconds: float, values: Mapping[Address, Value]) -> bool:
    """Queue the job for its next leg, with what this one has computed; False when it is no longer
    ours. Raises StepFailedError when it has had too many.
    """
    if job.legs >= MOST_LEGS:
        raise StepFailedError(lot)
    handed = [*job.handed, *hand_over(job, values)]
    changes = leases.queued_fields() | spent(job, seconds)
    with transaction.atomic():
        mine = leases.held_rows(job).update(
            lot=lot, legs=F("legs") + 1, tries=0, handed=handed, **changes
        )
        if mine:
            if isinstance(job, Attempt):
                charges.extend_waiting(job)
            messages.wake_on_commit(lot, job.tier)
    return mine > 0


def spent(job: Relay, seconds: float) -> dict[str, Any]:
    """The work of all legs together, where it is counted."""
    return {"seconds": (job.seconds or 0) + seconds} if isinstance(job, Attempt) else {}


def hand_over(job: Relay, values: Mapping[Address, Value]) -> list[Address]:
    """Put values where other machines find them; where there are none, the step store has them."""
    if not settings.SEVERAL_MACHINES:
        return []
    for address, value in values.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, address)
            write_value(path, value)
            files.write_file(files.handoff_path(attempt_id(job), address), path.read_bytes())
    return list(values)


def attempt_id(job: Relay) -> UUID:
    return job.attempt_id if isinstance(job, Export) else job.pk


def store(attempt: Attempt) -> Store:
    """The results of steps that a job of the attempt's may begin with."""
    kept = StepStore(settings.STEPS_DIR, settings.STEPS_MAX_BYTES)
    if not settings.SEVERAL_MACHINES:
        return kept
    return Shared(kept, handed(attempt), {attempt.photo.digest})


def handed(attempt: Attempt) -> dict[str, str]:
    """What devices anywhere have computed for the attempt's photo: addresses, and names of files."""
    attempts = Attempt.objects.filter(photo=attempt.photo_id)
    exports = Export.objects.filter(attempt__photo=attempt.photo_id)
    rows = (*attempts.values_list("pk", "handed"), *exports.values_list("attempt_id", "handed"))
    return {address: files.handoff_path(pk, address) for pk, found in rows for address in found}


class Shared:
    """This machine's step results, and behind them those that others have handed over."""

    def __init__(self, kept: StepStore, names: Mapping[str, str], photos: Iterable[str]) -> None:
        self.kept = kept
        self.names = names
        self.photos = photos

    def __contains__(self, address: Address) -> bool:
        return address in self.kept or address in self.names

    def get(self, address: Address) -> Value | None:
        value = self.kept.get(address)
        if value is not None or address not in self.names:
            return value
        try:
            data = files.read_file(self.names[address])
        except FileNotFoundError:
            return None
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, address)
            path.write_bytes(data)
            value = read_value(path)
            self.kept.put(address, value, self.photos)
        return value

    def put(self, address: Address, value: Value, photos: Iterable[str] = ()) -> None:
        self.kept.put(address, value, photos)
