"""Device watchdog: leases are held, pages are told, the dead are found."""

import logging
import time
from collections.abc import Iterator
from threading import Event, Thread

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from tools.models import Attempt, Job
from tools.pricing import charges
from tools.queue import leases, process_ids
from tools.workers import reaper
from tools.workers.gpu.batch_turn import Turn
from tools.workers.gpu.loop import Device

logger = logging.getLogger(__name__)

# Pages are told at most this often, and a cancel is heard as soon.
SECONDS_BETWEEN_BEATS = 0.25
SECONDS_BETWEEN_REAPS = 2.0
# A batch that runs when the process is told to stop may take so long; then it is given back.
SECONDS_TO_END = 6.0


class Watch(Thread):
    """Looks after a device's thread, and ends the process when that hangs."""

    def __init__(self, device: Device) -> None:
        super().__init__(name="watch", daemon=True)
        self.device = device
        self.done = Event()
        self.shares: dict[int, float] = {}
        self.beaten = self.renewed = self.reaped = time.monotonic()
        self.told_to_stop = 0.0

    def run(self) -> None:
        while not self.done.wait(SECONDS_BETWEEN_BEATS):
            try:
                close_old_connections()
                self.beat()
            except DatabaseError:
                logger.warning("The watch cannot reach the database", exc_info=True)
                connection.close()
        connection.close()

    def beat(self) -> None:
        now = time.monotonic()
        turns = [turn for turn in self.device.turns if turn.jobs]
        # Where all of the process stood still, that is not held against the device's thread.
        stood, self.beaten = now - self.beaten, now
        if stood > SECONDS_BETWEEN_REAPS:
            for turn in turns:
                turn.moved += stood
        if any(turn.hangs() for turn in turns):
            # Not renewed, and taken back at once: others may do better.
            self.device.end("The device's thread does not move")
        for turn in turns:
            if turn.is_computed:
                self.tell(turn)
        if now - self.renewed > settings.LEASE_SECONDS / 3:
            self.renewed = now
            self.renew(turns)
        if now - self.reaped > SECONDS_BETWEEN_REAPS:
            self.reaped = now
            reaper.reap_lapsed()
        self.drain(turns, now)

    def tell(self, turn: Turn) -> None:
        """Write how far the batch is, and find out who does not wait for it any more."""
        alive = set(waiting(turn))
        places = turn.places
        turn.dropped = frozenset(at for at, place in enumerate(places) if place.job.pk not in alive)
        share = turn.share
        if self.shares.get(id(turn)) == share:
            return
        self.shares = {id(turn): share}
        for place in places:
            if place.job.pk in alive:
                pending = place.pending
                before = place.job.share if place.job.legs else 0.0
                done = pending.before + pending.part * share
                leases.report_progress(
                    place.job, pending.step.node.op.name, before + (1 - before) * done
                )

    def renew(self, turns: list[Turn]) -> None:
        held = [job for turn in turns for job in turn.jobs]
        leases.renew_leases(held)
        for job in held:
            if isinstance(job, Attempt):
                charges.extend_credits(job)

    def drain(self, turns: list[Turn], now: float) -> None:
        """When the process is to stop, no batch holds it up for long."""
        if not self.device.stopping.is_set():
            return
        self.told_to_stop = self.told_to_stop or now
        if now - self.told_to_stop > SECONDS_TO_END:
            for turn in turns:
                turn.over = True


def waiting(turn: Turn) -> Iterator[object]:
    """The keys of the batch's jobs that are still this process's to do."""
    for kind in {type(place.job) for place in turn.places}:
        keys = [place.job.pk for place in turn.places if isinstance(place.job, kind)]
        rows = kind._default_manager.filter(pk__in=keys, status=Job.Status.RUNNING)  # noqa: SLF001  Django names the default manager so
        yield from rows.filter(owner=process_ids.this_process()).values_list("pk", flat=True)
