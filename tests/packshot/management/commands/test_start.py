"""`manage.py start`, as somebody at a terminal meets it."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
PATIENCE = 90  # the first start on a busy machine


class Start:
    """A running `manage.py start` and what it said."""

    def __init__(self, data, *arguments):
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "manage.py", "start", *arguments],
            env=environment(data),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def address(self):
        line = self.process.stdout.readline()
        found = re.fullmatch(r"Packshot is at (http://127\.0\.0\.1:\d+/)\n", line)
        assert found, line
        return found[1]

    def family(self):
        """The process ids of all that it started, and that those started."""
        parents = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                parents[int(folder.name)] = int(fields[1])
        found, new = set(), {self.process.pid}
        while new:
            new = {pid for pid, parent in parents.items() if parent in new} - found
            found |= new
        return found

    def named(self, word):
        return [pid for pid in self.family() if word in command(pid)]


def environment(data):
    kept = {name: value for name, value in os.environ.items() if name not in {"PORT", "HOST"}}
    return kept | {"PACKSHOT_DATA": str(data), "DATABASE_URL": "", "CELERY_BROKER_URL": ""}


def command(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""


def until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def is_healthy(address):
    try:
        with urllib.request.urlopen(f"{address}healthz", timeout=10) as answer:
            return answer.status == 200
    except OSError:
        return False


def refused(data, *arguments, **changes):
    """What `start` says when it will not."""
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "start", *arguments],
        env=environment(data) | changes,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def site(data):
    start = Start(data, "--port", "0")
    yield start
    family = start.family()
    start.process.kill()
    start.process.communicate()
    until(lambda: not any(command(pid) for pid in family))


def test_one_command_starts_the_site_and_one_signal_ends_it(site):
    address = site.address()
    assert is_healthy(address)
    until(lambda: site.named(" worker ") and site.named(" beat "))
    family = site.family()
    site.process.send_signal(signal.SIGINT)
    assert site.process.wait(PATIENCE) == 0
    assert not any(command(pid) for pid in family)
    assert site.process.stdout.read() == ""


def test_a_web_server_that_is_killed_comes_back_at_the_same_address(site):
    address = site.address()
    (web,) = site.named("uvicorn")
    os.kill(web, signal.SIGKILL)
    until(lambda: site.named("uvicorn") not in ([], [web]))
    until(lambda: is_healthy(address))


def test_a_kill_that_nobody_can_handle_leaves_no_orphan(site):
    site.address()
    until(lambda: site.named(" worker ") and site.named(" beat "))
    family = site.family()
    site.process.kill()
    until(lambda: not any(command(pid) for pid in family))


def test_a_second_start_on_the_same_data_says_so(site, data):
    site.address()
    words = refused(data, "--port", "0")
    assert f"already runs on the data folder {data} (process {site.process.pid})" in words


def test_a_busy_port_is_said_in_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        assert f"Port {port} on 127.0.0.1 cannot be used" in refused(tmp_path, "--port", port)
        assert f"Port {port} on 127.0.0.1 cannot be used" in refused(tmp_path, PORT=port)


@pytest.mark.parametrize("port", ["web", "70000", "-1"])
def test_an_impossible_port_is_said_in_one_line(tmp_path, port):
    assert "The port must be a number up to 65535" in refused(tmp_path, f"--port={port}")


def test_a_data_folder_that_cannot_be_made_is_said_in_one_line(tmp_path):
    (tmp_path / "file").touch()
    assert "cannot be made" in refused(tmp_path / "file" / "data")


def test_a_data_folder_that_cannot_be_written_is_said_in_one_line():
    # Not even root may write there.
    assert "is not writable" in refused("/proc/sys", PACKSHOT_SECRET_KEY="kept elsewhere")


def test_a_damaged_queue_is_said_in_one_line(tmp_path):
    (tmp_path / "queue.sqlite3").write_bytes(b"rubbish" * 1000)
    words = refused(tmp_path, "--port", "0")
    assert "queue.sqlite3 is damaged" in words
    assert "Move it away" in words


def test_a_damaged_database_is_said_in_one_line(tmp_path):
    (tmp_path / "packshot.sqlite3").write_bytes(b"rubbish" * 1000)
    assert "file is not a database" in refused(tmp_path, "--port", "0")
