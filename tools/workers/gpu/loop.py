"""Device loop: the one thread that owns a device and the models on it."""

import logging
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Event, Thread

from django.conf import settings
from django.db import DatabaseError, connection

from tools.models import Relay
from tools.pipeline import batch_keys
from tools.pipeline.batches import Batch, Batches
from tools.pipeline.engines.descriptor import Engine
from tools.pipeline.engines.residency import Residents
from tools.pipeline.errors import CancelledError, DeviceLostError
from tools.queue import leases
from tools.rendering.progress import ends_in_words
from tools.workers import reaper
from tools.workers.gpu.batch_turn import Place, Turn
from tools.workers.gpu.claims import Claims
from tools.workers.gpu.prefetch import Ahead, Prepared
from tools.workers.gpu.results import Results, elsewhere

logger = logging.getLogger(__name__)

# A wake-up may go astray; then this is what a job waits for at most.
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_AFTER_AN_ERROR = 1.0
# How many jobs are made ready ahead, beside the largest batch.
AHEAD = 8
THREADS = 4
# What runs for the first time may have to be loaded and compiled before it can say anything.
MORE_AT_FIRST = 15
# The exit code of a process that should be started again: sysexits' "try again later".
START_AGAIN = 75


class Device(Thread):
    """Claims batches and runs them, until told to stop; what it holds the watch keeps for it."""

    def __init__(self, engines: Sequence[Engine], budget: int) -> None:
        super().__init__(name="device")
        self.engines = [engine for engine in engines if engine.needs.memory <= budget]
        self.kept = Residents(budget)
        self.batches = Batches(self.kept)
        self.claims = Claims(self.engines, self.batches.size)
        most = AHEAD + max((engine.batch for engine in self.engines), default=1)
        self.ahead = Ahead(THREADS, lambda: self.claims.upcoming(most))
        self.out = ThreadPoolExecutor(THREADS, thread_name_prefix="settle")
        self.bell = Event()
        self.stopping = Event()
        self.turns: list[Turn] = []
        self.known: set[str] = set()
        self.left: list[Callable[[], None]] = []

    def rouse(self) -> None:
        """There may be something to do."""
        self.bell.set()
        # With nothing on the device the next batch is claimed at once, and then looks ahead itself.
        if self.turns and self.turns[-1].is_computed:
            self.ahead.look()

    def stop(self) -> None:
        """Claim no more; what runs may end."""
        self.stopping.set()
        self.bell.set()

    def run(self) -> None:
        try:
            self.warm()
            while not self.stopping.is_set():
                self.bell.clear()
                if not self.turn_or_wait():
                    self.let_out()
                    self.bell.wait(SECONDS_BETWEEN_LOOKS)
        except DeviceLostError:
            self.end("The device is lost to this process")
        except Exception:
            # Without this thread nothing is done on the device: whatever it was, start again.
            logger.exception("The device's thread ends")
            self.end("The device's thread failed")
        finally:
            self.let_out()
            self.ahead.close()
            self.out.shutdown()
            self.kept.close()
            connection.close()

    def warm(self) -> None:
        """Load what visitors are not to wait for, as far as there is room."""
        for engine in self.engines:
            if engine.warm and self.kept.taken() + engine.needs.memory <= self.kept.budget:
                try:
                    loaded = self.kept.get(engine)
                    if warm := getattr(loaded, "warm", None):
                        warm()
                except Exception:
                    # It is tried again when somebody asks for it; the others are not to suffer.
                    logger.exception("%s could not be loaded ahead", engine.versioned)

    def turn_or_wait(self) -> bool:
        """One batch; False when there was nothing to do."""
        try:
            return self.turn()
        except DatabaseError:
            logger.exception("The database is not to be had")
            connection.close()
            self.stopping.wait(SECONDS_AFTER_AN_ERROR)
            return False

    def turn(self) -> bool:
        claimed = self.claims.claim()
        if not claimed:
            return False
        lot = claimed[0].lot
        still = settings.DEVICE_STILL_SECONDS
        patience = still if lot in self.known else still * MORE_AT_FIRST
        turn = Turn(lot, self.claims.engine(lot), claimed, patience=patience)
        self.turns = [*(one for one in self.turns if one.jobs), turn]
        try:
            ready = zip(claimed, self.ahead.take(claimed), strict=True)
            turn.places = [place for job, done in ready if (place := self.place(turn, job, done))]
            if turn.places:
                self.compute(turn)
        except DatabaseError:
            # Nobody could write down what becomes of them: their leases lapse, others do them.
            turn.let_go()
            raise
        finally:
            turn.left_device = True
        return True

    def let_out(self) -> None:
        """Others take the last batch's results from here. They wait for the device to have its next
        one: until then the interpreter is this thread's.
        """
        for task in self.left:
            self.out.submit(task)
        self.left = []

    def place(self, turn: Turn, job: Relay, prepared: Callable[[], Prepared]) -> Place | None:
        """The job's place in the batch; None when it turns out to have none."""
        with ends_in_words(job):
            whole, pending = prepared()
            whole.tries, whole.owner = job.tries, job.owner
            found = pending and batch_keys.make_batch_key(pending.step.node, pending.engine)
            if pending and found == turn.lot:
                return Place(whole, pending)
            elsewhere(whole, found or "")
        turn.settled(job)
        return None

    def compute(self, turn: Turn) -> None:
        calls = [place.pending.call for place in turn.places]
        op = turn.places[0].pending.step.node.op.name
        self.let_out()
        # The next ones are made ready while these run.
        self.ahead.look()
        turn.moved = begun = time.monotonic()
        try:
            outcomes = self.batches.run(Batch(turn.lot, turn.engine, op, calls), turn)
        except CancelledError:
            for job in turn.jobs:
                # Called off by their visitors, or by us who are to stop: those go on elsewhere.
                leases.give_back(job)
                turn.settled(job)
            return
        self.known.add(turn.lot)
        results = Results(turn, outcomes, time.monotonic() - begun)
        self.left = [*(partial(results.settle, at) for at in range(len(outcomes))), results.learn]

    def end(self, why: str) -> None:
        """End the process, for whoever supervises it to start it again; what it holds is queued."""
        logger.critical("%s; it ends, to be started again", why)
        with suppress(DatabaseError):
            for turn in self.turns:
                for job in turn.jobs:
                    reaper.lapse_job(job)
        logging.shutdown()
        # Nothing of the libraries is asked to clean up: on a lost device that may hang or crash.
        os._exit(START_AGAIN)
