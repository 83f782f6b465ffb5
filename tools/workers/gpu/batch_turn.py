"""Batch turn: one batch on its way, its jobs, how far it is, and who still waits for it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from tools.models import Relay
from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.errors import CancelledError
from tools.pipeline.run import Pending


@dataclass(frozen=True)
class Place:
    """A job in a batch, and the step of it that the batch does."""

    job: Relay
    pending: Pending


class Turn:
    """The device thread writes down how far it is, the watch reads it and says who has left.

    It is the Progress of the batch's engine.
    """

    def __init__(self, lot: str, engine: Engine, jobs: Sequence[Relay], *, patience: float) -> None:
        self.lot = lot
        self.engine = engine
        self.patience = patience
        self.places: Sequence[Place] = ()
        self.share = 0.0
        self.dropped: frozenset[int] = frozenset()
        self.moved = time.monotonic()
        self.over = False
        # Whether the batch is done; its jobs may still be on their way out.
        self.left_device = False
        self._lock = Lock()
        self._jobs = {job.pk: job for job in jobs}

    def __call__(self, share: float) -> None:
        self.share = share
        self.moved = time.monotonic()
        if self.over or len(self.dropped) == len(self.places):
            raise CancelledError

    @property
    def is_computed(self) -> bool:
        """Whether the device is busy with it."""
        return bool(self.places) and not self.left_device

    @property
    def jobs(self) -> list[Relay]:
        """Those that this process still holds."""
        with self._lock:
            return list(self._jobs.values())

    def settled(self, job: Relay) -> None:
        with self._lock:
            self._jobs.pop(job.pk, None)

    def let_go(self) -> None:
        """Hold none of the jobs any longer."""
        with self._lock:
            self._jobs.clear()

    def hangs(self) -> bool:
        return not self.left_device and time.monotonic() - self.moved > self.patience
