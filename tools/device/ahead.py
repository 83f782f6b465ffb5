"""What goes into a device is made ready before its turn comes, by threads beside the device's."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any

from django.db import close_old_connections

from tools import making
from tools.device.claims import Waiting
from tools.models import Attempt, Export, Relay
from tools.pipeline.errors import CancelledError
from tools.pipeline.run import Pending

Key = tuple[Any, int, int]


def key(job: Waiting) -> Key:
    """This very leg of the job."""
    return job.pk, job.legs, job.tries


class Ahead:
    """Prepares the jobs that go next while the device is busy with those before them.

    A job is prepared before anybody has claimed it: the results go into the step store by their
    addresses, so that nothing is lost if another process takes it.
    """

    def __init__(self, threads: int, upcoming: Callable[[], Sequence[Waiting]]) -> None:
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="prepare")
        self.upcoming = upcoming
        self.ready: dict[Key, Future[tuple[Relay, Pending | None]]] = {}
        self.looking = False
        self._lock = Lock()

    def look(self) -> None:
        """Begin with what is new in the queue; returns at once."""
        with self._lock:
            if self.looking:
                return
            self.looking = True
        self.pool.submit(self._look)

    def _look(self) -> None:
        close_old_connections()
        # What comes into the queue from now on is for another look.
        self.looking = False
        jobs = self.upcoming()
        with self._lock:
            near = {key(job) for job in jobs}
            self.ready = {at: done for at, done in self.ready.items() if at in near}
        for job in jobs:
            self.begin(job, key(job))

    def begin(self, job: Waiting, at: Key) -> Future[tuple[Relay, Pending | None]]:
        with self._lock:
            found = self.ready.get(at)
            if found is None:
                found = self.ready[at] = self.pool.submit(prepare, job)
            return found

    def take(self, job: Relay) -> Future[tuple[Relay, Pending | None]]:
        """The preparation of a job that was claimed just now."""
        # A claim counts as a try.
        before = Waiting(type(job), job.pk, job.lot, job.tries - 1, job.legs)
        found = self.begin(before, key(before))
        with self._lock:
            self.ready.pop(key(before), None)
        return found

    def close(self) -> None:
        self.pool.shutdown(cancel_futures=True)


def prepare(job: Waiting) -> tuple[Relay, Pending | None]:
    """The whole job, and its first step for the device with what goes into it."""
    close_old_connections()
    whole: Relay | None
    if job.kind is Export:
        whole = Export.objects.select_related("attempt__photo").filter(pk=job.pk).first()
    else:
        whole = Attempt.objects.select_related("photo").filter(pk=job.pk).first()
    if whole is None:
        # Deleted meanwhile.
        raise CancelledError
    return whole, making.pending(whole)
