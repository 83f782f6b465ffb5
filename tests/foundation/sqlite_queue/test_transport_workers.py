"""Real Celery workers and a real timetable on the SQLite queue."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from celery import Celery

from foundation import sqlite_queue
from foundation.sqlite_queue.store import Store

HERE = Path(__file__).parent
PATIENCE = 60  # a busy machine starts a worker slowly; a passing test does not wait for it


class Note(NamedTuple):
    event: str
    task: str
    pid: int
    at: float


def until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


class Site:
    """One queue file, the processes at it, and what their tasks wrote down."""

    def __init__(self, folder):
        sqlite_queue.register_transport()
        self.folder = folder
        self.queue = folder / "queue.sqlite3"
        self.app = Celery("sender", broker=sqlite_queue.queue_url(self.queue), fixups=[])
        self.app.conf.update(task_default_queue="cpu", task_ignore_result=True)
        self.processes = []

    def start(self, *arguments):
        """A Celery process that is ready for work, or says so in its log while it starts."""
        log = self.folder / f"log-{len(self.processes)}"
        with log.open("w") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "notes", *arguments, "-l", "INFO"],
                cwd=HERE,
                env=os.environ | {"NOTES": str(self.folder)},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        self.processes.append(process)
        until(lambda: " ready." in log.read_text() or "beat: Starting" in log.read_text())
        return process

    def worker(self, name, *arguments):
        return self.start("worker", "-n", f"{name}@test", *arguments)

    def send(self, task, *names, **options):
        for name in names:
            self.app.send_task(f"notes.{task}", [name], **options)

    def notes(self, event):
        file = self.folder / "notes"
        lines = file.read_text().splitlines() if file.exists() else []
        notes = [Note(e, task, int(pid), float(at)) for e, task, pid, at in map(str.split, lines)]
        return [note for note in notes if note.event == event]

    def left(self):
        with closing(Store(self.queue)) as store:
            return store._run("SELECT count(*) FROM message")[0][0]

    def close(self):
        for process in self.processes:
            process.kill()
            process.wait()
        self.app.close()


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    yield site
    site.close()


def test_the_tasks_of_a_killed_worker_are_done_by_another(site):
    names = ["a", "b", "c", "d"]
    doomed = site.worker("doomed", "-c", "4")
    site.send("hold", *names)
    until(lambda: len(site.notes("start")) == 4)
    site.worker("other", "-c", "4")
    doomed.send_signal(signal.SIGKILL)
    killed = time.time()
    until(lambda: len(site.notes("start")) == 8)
    # Long before the lease of 30 s: the others see that it is dead.
    assert max(note.at for note in site.notes("start")) - killed < 10
    (site.folder / "go").touch()
    until(lambda: site.left() == 0)
    assert Counter(note.task for note in site.notes("end")) == Counter(names)


def test_a_task_whose_process_dies_is_run_again(site):
    site.worker("worker", "-c", "1")
    site.send("die_once", "a")
    until(lambda: site.left() == 0)
    assert len(site.notes("start")) == 2
    assert len(site.notes("end")) == 1


def test_a_worker_that_is_told_to_stop_ends_its_task_and_leaves_the_rest(site):
    worker = site.worker("worker", "-c", "1")
    site.send("hold", "a", "b", "c")
    until(lambda: site.notes("start"))
    worker.terminate()
    (site.folder / "go").touch()
    assert worker.wait(PATIENCE) == 0
    done = len(site.notes("end"))
    assert 1 <= done < 3
    assert site.left() == 3 - done
    site.worker("next", "-c", "1")
    until(lambda: site.left() == 0)
    assert Counter(note.task for note in site.notes("end")) == Counter("abc")


def test_tasks_for_later_wait_and_tasks_out_of_date_do_not_run(site):
    site.worker("worker", "-c", "1")
    sent = time.time()
    site.send("note", "later", countdown=1.0)
    site.send("note", "outdated", expires=-1)
    site.send("note", "now")
    until(lambda: site.left() == 0)
    ran = {note.task: note.at for note in site.notes("start")}
    assert set(ran) == {"now", "later"}
    assert ran["later"] - sent >= 1.0


def test_the_timetable_sends_its_tasks(site):
    site.worker("worker", "-c", "1")
    site.start("beat")
    until(lambda: len(site.notes("end")) >= 3)


def test_threads_may_work_instead_of_processes(site):
    site.worker("worker", "-c", "4", "-P", "threads")
    site.send("note", *map(str, range(50)))
    until(lambda: site.left() == 0)
    assert len({note.task for note in site.notes("end")}) == 50
