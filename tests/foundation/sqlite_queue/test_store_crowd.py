"""Several processes at one queue: every message is worked on, and by one process only."""

import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path

from foundation.sqlite_queue.store import Store

PROGRAM = Path(__file__).with_name("crowd.py")


@contextmanager
def crowd(path, consumers):
    """So many consumers, all told to stop at the end."""
    taking = [start("take", path, f"{path}.log") for _ in range(consumers)]
    try:
        yield taking
        alive = [process for process in taking if process.poll() is None]
        with closing(Store(path, patience=60.0)) as store:
            while store._run("SELECT 1 FROM message LIMIT 1"):
                time.sleep(0.05)
            for number in range(len(alive)):
                store.put("cpu", f"stop-{number}", -1, f"stop-{number}")
        assert [process.wait(120) for process in alive] == [0] * len(alive)
    finally:
        for process in taking:
            process.kill()
            process.wait()


def start(*arguments):
    return subprocess.Popen([sys.executable, PROGRAM, *map(str, arguments)])


def taken(path):
    log = Path(f"{path}.log")
    return Counter(log.read_text().split()) if log.exists() else Counter()


def expected(names, count):
    return {f"{name}-{number}" for name in names for number in range(count)}


def test_four_thousand_messages_among_four_processes_are_each_claimed_once(tmp_path):
    path = tmp_path / "queue.sqlite3"
    with crowd(path, 4):
        putting = [start("put", path, name, 1000) for name in "abcd"]
        assert [process.wait(120) for process in putting] == [0] * 4
    counts = taken(path)
    assert set(counts) == expected("abcd", 1000)
    assert set(counts.values()) == {1}


def test_killing_consumers_loses_nothing(tmp_path):
    path = tmp_path / "queue.sqlite3"
    with crowd(path, 4) as consumers:
        putting = [start("put", path, name, 500) for name in "ab"]
        for consumer, share in zip(consumers[:3], (100, 300, 500), strict=True):
            while taken(path).total() < share:
                time.sleep(0.01)
            consumer.kill()
            consumer.wait()
        assert [process.wait(120) for process in putting] == [0] * 2
    counts = taken(path)
    assert set(counts) == expected("ab", 500)
    assert counts.total() <= 1000 + 3  # what was in a killed one's hands, it may have begun
