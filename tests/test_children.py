"""A run of the tests that is killed leaves nothing behind that spins."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PATIENCE = 300

# Children of every kind that ours have: plain, in a session of its own, forked by a child, deaf.
RUN = """
import os, subprocess, sys, time

def spin(before="", **how):
    code = f"import os; {before}open(os.environ['PIDS'], 'a').write(str(os.getpid()) + ' ')"
    return subprocess.Popen([sys.executable, "-c", f"{code}\\nwhile True: pass"], **how)

def test_many_children():
    spin()
    spin("os.setsid(); ")
    spin("os.fork(); ")
    spin("import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); ", start_new_session=True)
    time.sleep(600)
"""
CHILDREN = 5


def lives(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="this system tells nobody of an end")
@pytest.mark.parametrize("workers", ["0", "1"])
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_run_takes_its_children_along(tmp_path, workers, ending):
    (tmp_path / "test_run.py").write_text(RUN)
    pids = tmp_path / "pids"
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    options = ["-p", "tests.children", "-p", "no:django", "-n", workers]
    run = subprocess.Popen(
        [sys.executable, "-m", "pytest", *options, tmp_path],
        cwd=tmp_path,
        env={**ours, "PYTHONPATH": str(ROOT), "PIDS": str(pids)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    until(lambda: pids.exists() and len(pids.read_text().split()) == CHILDREN)
    children = [int(pid) for pid in pids.read_text().split()]
    assert all(lives(pid) for pid in children)
    os.killpg(run.pid, ending)
    run.wait(PATIENCE)
    until(lambda: not any(lives(pid) for pid in children))
