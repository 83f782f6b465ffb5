"""What a device's process must do, played with real processes: `python scenes.py`, in an environment
that names the database and the broker, plays the scenes named on its input, a line each.
"""

import json
import multiprocessing
import os
import signal
import sys
import time
import traceback
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import django

django.setup()

import numpy as np  # noqa: E402  the settings come first
import players  # noqa: E402  the settings come first
from django.core.management import call_command  # noqa: E402  the settings come first
from django.utils import timezone  # noqa: E402  the settings come first

from accounts.models import Visitor  # noqa: E402  the settings come first
from billing import grants, ledger, payers  # noqa: E402  the settings come first
from billing.models import Source  # noqa: E402  the settings come first
from packshot.celery import app  # noqa: E402  the settings come first
from tools import attempts, charges, files, worker  # noqa: E402  the settings come first
from tools.models import Attempt, Photo  # noqa: E402  the settings come first
from tools.pipeline import encoding  # noqa: E402  the settings come first

FOLDER = Path(os.environ["PRETEND"])
forks = multiprocessing.get_context("forkserver")
PATIENCE = 60.0
CREDITS = 1000
STROKE = {"points": [[0.5, 0.5]], "size": 0.2, "keep": False}


def until(condition, what="it"):
    deadline = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < deadline, f"{what} did not happen: {notes()}"
        time.sleep(0.01)
    return found


def notes(event=""):
    path = FOLDER / "notes"
    lines = path.read_text().splitlines() if path.exists() else []
    found = map(json.loads, lines)
    return [line for line in found if event in {"", line["event"]}]


def begun():
    return [line["seeds"] for line in notes("begin")]


def order(**wrong):
    """What goes wrong from now on; what was held and is not named goes on."""
    path = FOLDER / "orders.new"
    path.write_text(json.dumps(wrong))
    path.rename(FOLDER / "orders")


def go():
    """Let what is held go on, and what is wrong be wrong."""
    orders = json.loads((FOLDER / "orders").read_text())
    order(**{seed: how for seed, how in orders.items() if how != "hold"})


class Cast:
    """The processes that own a device, as many as a scene wants."""

    def __init__(self):
        self.running = []
        self.scene = 0

    def want(self, number):
        while len(self.running) > number:
            self.end(self.running[-1])
        while len(self.running) < number:
            self.start()

    def start(self):
        before = len(notes("load"))
        process = forks.Process(target=players.play, args=[str(FOLDER / "log")])
        process.start()
        self.running.append(process)
        until(lambda: len(notes("load")) > before, "the process's start")
        return process

    def end(self, process, number=signal.SIGTERM):
        """How the process ends after this signal."""
        os.kill(process.pid, number)
        return self.ended(process)

    def ended(self, process):
        process.join(PATIENCE)
        self.running.remove(process)
        return process.exitcode


cast = Cast()


def account(*, paid=False):
    visitor = Visitor.objects.create()
    account = payers.account_for(visitor)
    source = Source.PURCHASE if paid else Source.FREE
    grants.grant(account, CREDITS, source, f"test:{visitor.pk}")
    return visitor, account


def photo(visitor):
    """A photo that was read already."""
    random = np.random.default_rng(7)
    pixels = random.integers(0, 255, (48, 64, 3), np.uint8)
    # Each scene's photo is another one: nothing of it was computed before.
    digest = f"{cast.scene:064}"
    files.put(files.pixels(digest), encoding.png(pixels))
    return Photo.objects.create(
        visitor=visitor,
        name="a.png",
        state=Photo.State.READY,
        digest=digest,
        width=64,
        height=48,
        expires=timezone.now() + timezone.timedelta(hours=1),
    )


def start(*seeds, paid=False, quality="best", engine="first"):
    """An attempt for each seed, queued as the site does it."""
    visitor, payer = account(paid=paid)
    shown = photo(visitor)
    return [
        attempts.start(
            shown,
            "erase-object",
            {"seed": seed, "strokes": [STROKE], "quality": quality},
            wanted={"fill": engine},
            payer=charges.Payer(payer),
        )
        for seed in seeds
    ]


def held(*seeds, **options):
    """A batch that goes on until told to `go`."""
    order(**{str(seed): "hold" for seed in seeds}, **options.pop("wrong", {}))
    found = start(*seeds, **options)
    until(lambda: {note["seed"] for note in notes("hold")} >= {*seeds}, "the holding")
    return found


def finished(*rows, within=PATIENCE):
    """Do what needs no device until these have ended; how each did."""
    keys = [row.pk for row in rows]
    deadline = time.monotonic() + within
    while True:
        open_rows = Attempt.objects.filter(pk__in=keys, status__in=Attempt.OPEN)
        if not open_rows.exists():
            break
        assert time.monotonic() < deadline, (list(open_rows.values()), notes())
        worker.work()
        time.sleep(0.01)
    ends = dict(Attempt.objects.filter(pk__in=keys).values_list("pk", "status"))
    return [ends[key] for key in keys]


def status(row):
    row.refresh_from_db()
    return row.status


# The scenes.


def batch():
    """What waits when a batch starts goes together; nothing else was asked of the device."""
    cast.want(1)
    (first,) = held(1)
    waiting = start(*range(10, 18))
    go()
    assert set(finished(first, *waiting)) == {"done"}
    assert begun() == [[1], list(range(10, 18))]
    first.refresh_from_db()
    assert (first.legs, first.lot, first.tries) == (1, "", 1)
    assert first.seconds > 0


def lots():
    """Only what is compatible shares a batch."""
    cast.want(1)
    rows = held(1)
    rows += start(10, 11, quality="fast")
    rows += start(12, 13)
    rows += start(14, quality="fast")
    rows += start(15, engine="second")
    go()
    assert set(finished(*rows)) == {"done"}
    assert begun() == [[1], [10, 11, 14], [12, 13], [15]]


def tiers():
    """Who pays goes first, and takes part of the same batch along."""
    cast.want(1)
    rows = held(1)
    rows += start(*range(10, 20))
    rows += start(50, 51, paid=True)
    go()
    assert set(finished(*rows)) == {"done"}
    assert begun()[1] == [50, 51, *range(10, 16)]
    assert begun()[2] == [16, 17, 18, 19]


def age():
    """Free ones are not kept waiting for ever by a stream of paid ones."""
    cast.want(1)
    rows = held(1)
    (old,) = start(99, quality="fast")
    Attempt.objects.filter(pk=old.pk).update(created=timezone.now() - timezone.timedelta(minutes=5))
    for seed in range(10, 50, 8):
        rows += start(*range(seed, seed + 8), paid=True)
    go()
    assert set(finished(old, *rows)) == {"done"}
    assert [99] in begun()[1:6]


def cancel():
    """One that is called off leaves its batch, the others go on; alone it ends the batch."""
    cast.want(1)
    (alone,) = held(1)
    mates = start(20, 21)
    attempts.cancel(alone)
    order(**{"20": "hold"})
    until(lambda: len(notes("hold")) == 2, "the next batch")
    attempts.cancel(mates[0])
    assert finished(alone, *mates) == ["cancelled", "cancelled", "done"]
    assert begun() == [[1], [20, 21]]
    left = ledger.spendable(payers.account_for(mates[0].photo.visitor))
    assert left == CREDITS - mates[1].price


def poison():
    """A picture that fails its batch fails alone, and costs nothing."""
    cast.want(1)
    rows = held(1, wrong={"11": "raise", "12": "refuse"})
    rows += start(10, 11, 12, 13)
    go()
    assert finished(*rows) == ["done", "done", "failed", "failed", "done"]
    errors = dict(Attempt.objects.filter(status="failed").values_list("params__seed", "error"))
    assert errors == {11: "step-failed", 12: "no-subject"}
    assert begun()[1:] == [[10, 11, 12, 13], [10], [11], [12], [13]]


def memory():
    """What does not fit is halved, and the next batch is no larger."""
    cast.want(1)
    rows = held(1, quality="fast", engine="third", wrong={"fits": 2})
    rows += start(*range(10, 20), quality="fast", engine="third")
    go()
    assert set(finished(*rows)) == {"done"}
    assert [len(seeds) for seeds in begun()] == [1, 8, 4, 2, 2, 2, 2, 2]


def eviction():
    """The least valuable engine makes room on the device."""
    cast.want(0)
    cast.want(1)
    for name in ("second", "first", "first", "third"):
        finished(*start(int(time.time() * 1000) % 9973, engine=name))
    loads = [line["engine"] for line in notes("load")]
    assert loads == ["first", "second", "third"], loads
    (closed,) = (line["engine"] for line in notes("close") if line["pid"] == cast.running[0].pid)
    assert closed == "second"


def lost():
    """A device that is lost ends the process, and what it held is done by the next one."""
    cast.want(0)
    process = cast.start()
    rows = held(1, wrong={"11": "cuda"})
    rows += start(10, 11, 12)
    go()
    assert cast.ended(process) == 75
    assert status(rows[1]) == "queued"
    for _ in range(2):
        # Whatever was in the lost batch runs alone now.
        process = cast.start()
        assert cast.ended(process) == 75
    cast.want(1)
    assert finished(*rows) == ["done", "done", "failed", "done"]
    rows[2].refresh_from_db()
    assert rows[2].error == "worker-lost"
    assert [seeds for seeds in begun() if 11 in seeds] == [[10, 11, 12], [11], [11]]


def killed():
    """What a killed process held, another does within seconds."""
    cast.want(2)
    rows = held(1)
    (pid,) = {line["pid"] for line in notes("begin")}
    (victim,) = (process for process in cast.running if process.pid == pid)
    order()
    at = time.time()
    assert cast.end(victim, signal.SIGKILL) == -signal.SIGKILL
    assert finished(*rows) == ["done"]
    again = notes("begin")[-1]
    assert again["pid"] != pid
    assert again["at"] - at < 5


def silent():
    """A process that says nothing loses its lease, and what it writes later counts for nothing."""
    cast.want(2)
    rows = held(1)
    (pid,) = {line["pid"] for line in notes("begin")}
    os.kill(pid, signal.SIGSTOP)
    order()
    assert finished(*rows) == ["done"]
    rows[0].refresh_from_db()
    first = rows[0].finished
    go()
    os.kill(pid, signal.SIGCONT)
    (other,) = (process for process in cast.running if process.pid != pid)
    assert cast.end(other) == 0
    # What is done now the late one does, and so it has ended what it had.
    more = start(20, 21)
    assert set(finished(*more)) == {"done"}
    assert notes("begin")[-1]["pid"] == pid
    rows[0].refresh_from_db()
    assert (rows[0].finished, rows[0].status) == (first, "done")


def still():
    """A device's thread that does not move is ended, and its job done by the next process."""
    cast.want(1)
    finished(*start(1))
    order(**{"2": "hang"})
    rows = start(2)
    assert cast.ended(cast.running[0]) == 75
    order()
    cast.want(1)
    assert finished(*rows) == ["done"]


def drained():
    """Told to stop, a process ends its batch and leaves the rest as it was."""
    cast.want(1)
    rows = held(1)
    rest = start(10, 11)
    process = cast.running[0]
    process.terminate()
    time.sleep(0.5)
    assert process.is_alive()
    go()
    assert cast.ended(process) == 0
    assert finished(*rows) == ["done"]
    assert [(status(row), row.tries) for row in rest] == [("queued", 0)] * 2
    cast.want(1)
    assert finished(*rest) == ["done", "done"]


def given_back():
    """A batch that takes too long to wait for is given back, and counts as no try."""
    cast.want(1)
    rows = held(1)
    assert cast.end(cast.running[0]) == 0
    assert (status(rows[0]), rows[0].tries) == ("queued", 0)
    go()
    cast.want(1)
    assert finished(*rows) == ["done"]


def crowd():
    """Two processes share the queue, and nothing is done twice."""
    cast.want(2)
    rows = [row for first in range(100, 160, 20) for row in start(*range(first, first + 20))]
    assert set(finished(*rows)) == {"done"}
    seeds = [seed for batch in begun() for seed in batch]
    assert sorted(seeds) == list(range(100, 160))
    assert len({line["pid"] for line in notes("begin")}) == 2


def unrung():
    """A wake-up that goes astray costs a moment."""
    cast.want(1)
    app.conf.broker_url, broker = "memory://", app.conf.broker_url
    try:
        with app.connection_for_write("memory://"):
            (row,) = start(1)
    finally:
        app.conf.broker_url = broker
    assert finished(row) == ["done"]
    waited = notes("begin")[0]["at"] - row.created.timestamp()
    assert waited < 2


def uploaded():
    """What the web process could not foresee finds its way: an unread photo, a result known."""
    cast.want(1)
    (row,) = start(1)
    assert row.lot.startswith("fill first 1 erase")
    assert finished(row) == ["done"]
    visitor, payer = account()
    unread = photo(visitor)
    again = attempts.start(
        unread,
        "erase-object",
        {"seed": 1, "strokes": [STROKE], "quality": "best"},
        wanted={"fill": "first"},
        payer=charges.Payer(payer),
    )
    # Another visitor's photo of the same pixels: the device has done it.
    assert finished(again) == ["done"]
    assert begun() == [[1]]


@contextmanager
def stage():
    """An empty table, and nobody who was told anything."""
    Attempt.objects.all().delete()
    Photo.objects.all().delete()
    for name in ("notes", "orders"):
        (FOLDER / name).unlink(missing_ok=True)
    cast.scene += 1
    yield


def play(name):
    try:
        with stage(), redirect_stdout(sys.stderr):
            globals()[name]()
    except BaseException:  # noqa: BLE001  the test is told, whatever it was
        log = (FOLDER / "log").read_text()[-1500:] if (FOLDER / "log").exists() else ""
        return f"{traceback.format_exc()}\n{log}"
    return ""


if __name__ == "__main__":
    forks.set_forkserver_preload(["players"])
    with redirect_stdout(sys.stderr):
        call_command("migrate", verbosity=0)
    try:
        for line in sys.stdin:
            sys.stdout.write(f"{json.dumps(play(line.strip()))}\n")
            sys.stdout.flush()
    finally:
        cast.want(0)
