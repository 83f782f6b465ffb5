"""How processes begin, share, end and die."""

import os
import signal
import time

from audience import finished, held, start, status
from stage import SHORT_LEASE, begun, cast, go, notes, order


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
    cast.want(2, SHORT_LEASE)
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
