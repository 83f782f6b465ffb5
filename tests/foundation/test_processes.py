import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("supervised.py")
PATIENCE = 30

# Each writes down its pid, so that the test can look for it.
SLEEPER = "import os, pathlib, time; pathlib.Path(f'pid-{os.getpid()}').touch(); time.sleep(600)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + SLEEPER
PARENT = f"import os; os.fork(); {SLEEPER}"
READY = "import pathlib; pathlib.Path('ready').touch();"


def until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def is_alive(pid):
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


@pytest.fixture
def folder(tmp_path):
    return tmp_path


@pytest.fixture
def pids(folder):
    def found():
        return {int(path.name.removeprefix("pid-")) for path in folder.glob("pid-*")}

    return found


@pytest.fixture
def supervise(folder):
    started = []

    def run(*sources):
        started.append(
            subprocess.Popen(
                [sys.executable, PROGRAM, *sources], cwd=folder, stdout=subprocess.PIPE, text=True
            )
        )
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.communicate()


def test_the_others_start_when_the_first_is_ready(supervise, folder, pids):
    supervisor = supervise(SLEEPER, SLEEPER, SLEEPER)
    until(lambda: len(pids()) == 1)
    (folder / "ready").touch()
    assert supervisor.stdout.readline() == "ready\n"
    until(lambda: len(pids()) == 3)


def test_one_that_dies_is_started_again(supervise, pids):
    supervisor = supervise(READY + SLEEPER)
    assert supervisor.stdout.readline() == "ready\n"
    until(pids)
    (first,) = pids()
    os.kill(first, signal.SIGKILL)
    until(lambda: len(pids()) == 2)
    assert (
        supervisor.stdout.readline()
        == "program-0 was killed by SIGKILL; starting it again in 0.05 s\n"
    )


def test_one_that_dies_again_and_again_is_started_more_and_more_slowly(supervise):
    supervisor = supervise(READY + SLEEPER, "raise SystemExit(3)")
    supervisor.stdout.readline()
    words = [supervisor.stdout.readline() for _ in range(4)]
    assert words[0] == "program-1 ended with 3; starting it again in 0.05 s\n"
    assert [line.split()[-2] for line in words] == ["0.05", "0.1", "0.2", "0.4"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all_and_their_children(supervise, pids, number):
    supervisor = supervise(READY + SLEEPER, PARENT)
    until(lambda: len(pids()) == 3)
    supervisor.send_signal(number)
    assert supervisor.wait(PATIENCE) == 0
    assert not any(is_alive(pid) for pid in pids())


def test_one_that_does_not_want_to_end_is_killed(supervise, pids):
    supervisor = supervise(READY + STUBBORN)
    until(pids)
    supervisor.terminate()
    assert supervisor.wait(PATIENCE) == 0
    assert not any(is_alive(pid) for pid in pids())


def test_a_second_signal_ends_all_at_once(supervise, pids):
    supervisor = supervise("import signal; " + STUBBORN.replace("600", "601"))
    until(pids)
    asked = time.monotonic()
    while supervisor.poll() is None:
        supervisor.send_signal(signal.SIGINT)
        time.sleep(0.05)
    assert time.monotonic() - asked < 2.0  # what a stubborn one is given after one signal
    assert not any(is_alive(pid) for pid in pids())


def test_nothing_outlives_a_killed_supervisor(supervise, pids):
    supervisor = supervise(READY + SLEEPER, STUBBORN)
    until(lambda: len(pids()) == 2)
    supervisor.kill()
    until(lambda: not any(is_alive(pid) for pid in pids()))


def test_a_first_program_that_cannot_start_ends_it_all(supervise):
    supervisor = supervise("raise SystemExit(1)", SLEEPER)
    assert supervisor.wait(PATIENCE) == 1
