"""Where scenes are played: the processes that own a device, what they are told and what they note."""

import json
import multiprocessing
import os
import signal
import time
from pathlib import Path

import players

FOLDER = Path(os.environ["PRETEND"])
PATIENCE = 60.0
# Long enough that no busy machine lets one lapse, and short for scenes in which one has to.
LEASE, SHORT_LEASE = 15, 4
forks = multiprocessing.get_context("forkserver")


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
        self.lease = LEASE

    def want(self, number, lease=LEASE):
        if lease != self.lease:
            self.lease = lease
            self.want(0, lease)
        while len(self.running) > number:
            self.end(self.running[-1])
        while len(self.running) < number:
            self.start()

    def start(self):
        before = len(notes("load"))
        process = forks.Process(target=players.play, args=[str(FOLDER / "log"), self.lease])
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
