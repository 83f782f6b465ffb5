"""A Celery app for real workers in tests: each task writes a line when it starts and when it ends."""

import os
import signal
import time
from pathlib import Path

from celery import Celery

from foundation.sqlite_queue import queue_url, register_transport

register_transport()
FOLDER = Path(os.environ["NOTES"])
app = Celery("notes", broker=queue_url(FOLDER / "queue.sqlite3"), fixups=[])
app.conf.update(
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_default_queue="cpu",
    worker_prefetch_multiplier=1,
    worker_enable_remote_control=False,
    beat_schedule={"often": {"task": "notes.note", "schedule": 0.2, "args": ["beat"]}},
    beat_schedule_filename=str(FOLDER / "timetable"),
)


def write(*words):
    line = " ".join(map(str, words)) + "\n"
    with (FOLDER / "notes").open("a") as file:
        file.write(line)


@app.task(name="notes.note")
def note(name):
    write("start", name, os.getpid(), time.time())
    write("end", name, os.getpid(), time.time())


@app.task(name="notes.hold")
def hold(name):
    """Runs until the test says `go`."""
    write("start", name, os.getpid(), time.time())
    while not (FOLDER / "go").exists():
        time.sleep(0.02)
    write("end", name, os.getpid(), time.time())


@app.task(name="notes.die_once")
def die_once(name):
    write("start", name, os.getpid(), time.time())
    if not (FOLDER / "died").exists():
        (FOLDER / "died").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    write("end", name, os.getpid(), time.time())
