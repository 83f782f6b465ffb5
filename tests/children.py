"""Whatever a run of the tests has started ends with it, however the run ends.

A pytest plugin (`-p tests.children`). A process of its own, in a session of its own, watches the
run, and when that is gone, killed or not, ends all that carries the run's mark in its environment:
children and theirs, sessions and forks, on whichever side of whichever pipe they wait or spin.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

# One mark for each run that a process was started within, a run of xdist's inside its controller's.
MARK = "PACKSHOT_TEST_RUNS"
# So long they may take to end by themselves; PostgreSQL cleans up behind itself.
SECONDS_TO_END = 2.0


def guard() -> None:
    """Have what this process starts from now on end with it, where the system can tell of that."""
    if not hasattr(os, "pidfd_open") or not Path("/proc/self/environ").exists():
        return
    mark = uuid4().hex
    subprocess.Popen(
        [sys.executable, "-I", "-S", __file__, str(os.getpid()), mark],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ).returncode = 0  # nobody waits for it: it goes on when we are gone
    os.environ[MARK] = f"{os.environ.get(MARK, '')} {mark}".strip()


def watch(run: int, mark: str) -> None:
    """Wait until the run is gone, and end what it has left."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    with contextlib.suppress(ProcessLookupError):
        select.select([os.pidfd_open(run)], [], [])
    end(mark)


def end(mark: str) -> None:
    begun, asked = time.monotonic(), set()
    while left := set(marked(mark)):
        patient = time.monotonic() - begun < SECONDS_TO_END
        for pid in left - asked if patient else left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGTERM if patient else signal.SIGKILL)
        asked |= left
        time.sleep(0.05)


def marked(mark: str) -> list[int]:
    """Processes that were started within the run; what is ended and not yet looked at has no mark."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"{mark}".encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
    return [pid for pid in found if pid != os.getpid()]


def pytest_configure() -> None:
    guard()


if __name__ == "__main__":
    watch(int(sys.argv[1]), sys.argv[2])
