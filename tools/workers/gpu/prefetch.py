"""Prefetch: what goes into a device is made ready before its turn comes, by threads beside the device's."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Lock
from typing import Any, TypeAlias

from django.db import close_old_connections

from tools.models import Relay
from tools.pipeline.errors import CancelledError
from tools.pipeline.run import Pending
from tools.rendering import render
from tools.workers.gpu import rows
from tools.workers.gpu.claims import Waiting

Key = tuple[Any, int, int]
Prepared: TypeAlias = tuple[Relay, Pending | None]


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
        self.ready: dict[Key, Future[Prepared]] = {}
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
            self.begin(job)

    def begin(self, job: Waiting) -> None:
        with self._lock:
            if key(job) not in self.ready:
                self.ready[key(job)] = self.pool.submit(aside, job)

    def take(self, claimed: Sequence[Relay]) -> list[Callable[[], Prepared]]:
        """What gives the preparation of each of the jobs that were claimed just now."""
        # A claim counts as a try.
        jobs = [Waiting(type(job), job.pk, job.lot, job.tries - 1, job.legs) for job in claimed]
        with self._lock:
            begun = [self.ready.pop(key(job), None) for job in jobs]
        # A single one is ready sooner than another thread is awake.
        alone = begun.count(None) == 1
        return [
            done.result
            if done
            else partial(prepare, job)
            if alone
            else self.pool.submit(aside, job).result
            for job, done in zip(jobs, begun, strict=True)
        ]

    def close(self) -> None:
        self.pool.shutdown(cancel_futures=True)


def aside(job: Waiting) -> Prepared:
    """As `prepare`, in a thread of the pool."""
    close_old_connections()
    return prepare(job)


def prepare(job: Waiting) -> Prepared:
    """The whole job, and its first step for the device with what goes into it."""
    whole = rows.whole(job.kind, job.pk)
    if whole is None:
        # Deleted meanwhile.
        raise CancelledError
    return whole, render.find_device_step(whole)
