"""Load for `measure queue`, in its scratch site: `python -m tools.benchmarks.load` prints rows."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import django
import numpy as np

django.setup()

from celery import current_app  # noqa: E402  the settings come first
from django.core.management import call_command  # noqa: E402  the settings come first
from django.db import connection, transaction  # noqa: E402  the settings come first
from django.utils import timezone  # noqa: E402  the settings come first

from accounts.models import Visitor  # noqa: E402  the settings come first
from tools.attempts import lifecycle  # noqa: E402  the settings come first
from tools.benchmarks import simulated_engine  # noqa: E402  the settings come first
from tools.models import Attempt, Photo  # noqa: E402  the settings come first
from tools.pipeline import encoding  # noqa: E402  the settings come first
from tools.pipeline.pixels import Rgb  # noqa: E402  as above
from tools.pricing import charges  # noqa: E402  the settings come first
from tools.queue import messages  # noqa: E402  the settings come first
from tools.storage import files  # noqa: E402  the settings come first

FREE, PAID, SINGLE = 200, 15, 60
SECONDS_BETWEEN_PAID = 0.5
STROKE = {"points": [[0.5, 0.5]], "size": 0.2, "keep": False}
A_VISITORS_SHARE = 20
PATIENCE = 120.0

Note = dict[str, Any]
seeds = iter(range(10_000))


def notes() -> list[Note]:
    """The batches that the device has done."""
    path = Path(os.environ[simulated_engine.NOTES])
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def begun() -> dict[int, float]:
    """When each seed's batch began; the last time, if it was begun again."""
    return {seed: note["begun"] for note in notes() for seed in note["seeds"]}


def until(seeds: Sequence[int]) -> dict[int, float]:
    deadline = time.monotonic() + PATIENCE
    while not set(seeds) <= (found := begun()).keys():
        if time.monotonic() > deadline:
            raise TimeoutError("The device does not do its work; its log is above.")
        time.sleep(0.05)
    return found


def photo() -> Photo:
    pixels = Rgb(np.random.default_rng(7).integers(0, 255, (48, 64, 3), np.uint8))
    files.write_file(files.pixels_path("a" * 64), encoding.encode_png(pixels))
    return Photo.objects.create(
        visitor=Visitor.objects.create(),
        name="simulated.png",
        state=Photo.State.READY,
        digest="a" * 64,
        width=64,
        height=48,
        expires=timezone.now() + timedelta(hours=1),
    )


def start(shown: Photo, *, paid: bool = False) -> tuple[int, float]:
    """Queue an attempt as the site does; its seed, and when it was there to be seen."""
    seed, at = next(seeds), [0.0]
    params = {"seed": seed, "strokes": [STROKE]}
    with transaction.atomic():
        transaction.on_commit(partial(seen, at))
        made = lifecycle.start_attempt(shown, "erase-object", params, wanted={"fill": "simulated"})
        if paid:
            Attempt.objects.filter(pk=made.pk).update(tier=charges.PAID)
    return seed, at[0]


def seen(at: list[float]) -> None:
    at[0] = time.time()


@contextmanager
def devices(number: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many processes that own a device; they are gone afterwards."""
    command = [sys.executable, "-m", "celery", "--quiet", "--app=packshot", "worker"]
    options = ["--pool=threads", "--concurrency=1", f"--queues={messages.OF_DEVICES}"]
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=ERROR"]
    running = [
        subprocess.Popen([*command, *options, *alone], stdout=subprocess.DEVNULL)  # noqa: S603  our own
        for _ in range(number)
    ]
    try:
        # Each has done something: all of them are up.
        while not {process.pid for process in running} <= {note["pid"] for note in notes()}:
            until([start(photo())[0] for _ in range(number * simulated_engine.MOST)])
        yield running
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def overhead() -> dict[str, Any]:
    """Between a job that is there to be seen and its batch's beginning, nothing else waiting."""
    shown, waits = photo(), []
    with devices(1):
        for _ in range(SINGLE):
            Attempt.objects.all().delete()
            seed, at = start(shown)
            waits.append(until([seed])[seed] - at)
            time.sleep(2 * simulated_engine.seconds(1))
    ordered = sorted(waits)
    return {"start_p50_ms": 1000 * median(ordered), "start_p90_ms": 1000 * ordered[-SINGLE // 10]}


def throughput() -> dict[str, Any]:
    """Images a second while full batches wait, and how long those who pay wait meanwhile."""
    with devices(1) as (process,):
        Attempt.objects.all().delete()
        before = len(notes())
        payers = list(crowd(PAID))
        # All of the free ones wait before the first is done.
        process.send_signal(signal.SIGSTOP)
        free = [start(shown) for shown in crowd(FREE)]
        process.send_signal(signal.SIGCONT)
        paid = []
        for shown in payers:
            time.sleep(SECONDS_BETWEEN_PAID)
            paid.append(start(shown, paid=True))
        found = until([seed for seed, _ in (*free, *paid)])
    full = [note for note in notes()[before:] if len(note["seeds"]) == simulated_engine.MOST]
    # The first is begun as it comes.
    full = full[1:]
    rate = simulated_engine.MOST * len(full) / (full[-1]["ended"] - full[0]["begun"])
    ideal = simulated_engine.MOST / simulated_engine.seconds(simulated_engine.MOST)
    waits = [found[seed] - at for seed, at in paid]
    return {
        "images_per_second": rate,
        "share_of_ideal": rate / ideal,
        "paid_wait_median_s": median(waits),
        "paid_wait_most_s": max(waits),
        "one_batch_s": simulated_engine.seconds(simulated_engine.MOST),
    }


def crowd(number: int) -> Iterator[Photo]:
    """Photos of as many visitors as it takes for so many attempts."""
    for at in range(number):
        if at % A_VISITORS_SHARE == 0:
            shown = photo()
        yield shown


def recovery() -> dict[str, Any]:
    """From a kill -9 in the middle of a batch to the beginning of the same jobs elsewhere."""
    with devices(2) as running:
        Attempt.objects.all().delete()
        waiting = [start(shown)[0] for shown in crowd(4 * simulated_engine.MOST)]
        until(waiting[: simulated_engine.MOST])
        victim = running[0]
        while not (lost := held_by(victim.pid)):
            time.sleep(0.01)
        killed = time.time()
        victim.send_signal(signal.SIGKILL)
        found = until(lost)
    return {"recovered_s": max(found[seed] - killed for seed in lost)}


def held_by(pid: int) -> list[int]:
    rows = Attempt.objects.filter(status="running", owner__contains=f":{pid}:")
    return list(rows.values_list("params__seed", flat=True))


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    scheme = current_app.conf.broker_url.partition(":")[0]
    row = {"database": connection.vendor, "broker": scheme} | overhead() | throughput() | recovery()
    sys.stdout.write(json.dumps([row]))
