import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from foundation import sqlite_queue
from foundation.sqlite_queue.errors import (
    QueueBusyError,
    QueueDamagedError,
    QueueFullError,
    QueueUnreachableError,
)
from foundation.sqlite_queue.store import Claim, Store


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "queue.sqlite3"


@pytest.fixture
def open_store(path, clock):
    stores = []

    def new(**options):
        stores.append(Store(path, lease=30.0, clock=clock, **options))
        return stores[-1]

    yield new
    for store in stores:
        store.close()


@pytest.fixture
def store(open_store):
    return open_store()


@pytest.fixture
def other(open_store):
    return open_store()


def test_the_most_urgent_message_comes_first_and_then_the_oldest(store):
    for name, priority in [("a", 0), ("b", 9), ("c", 0), ("d", 9)]:
        store.put("cpu", name, priority, name)
    assert [store.claim("cpu").body for _ in range(4)] == ["b", "d", "a", "c"]


def test_queues_are_apart(store):
    store.put("cpu", "a", 0, "a")
    assert store.claim("mail") is None
    assert store.waiting("cpu") == 1
    assert store.waiting("mail") == 0


def test_a_claimed_message_is_nobody_elses(store, other):
    store.put("cpu", "a", 0, "a")
    assert store.claim("cpu") == Claim("a", redelivered=False)
    assert other.claim("cpu") is None
    assert other.waiting("cpu") == 0


def test_an_acknowledged_message_is_gone(store, other, clock):
    store.put("cpu", "a", 0, "a")
    store.claim("cpu")
    store.acknowledge("a")
    clock.now += 3600
    assert other.reclaim() == 0
    assert other.claim("cpu") is None


def test_a_message_given_back_keeps_its_place_and_is_marked(store, other):
    for name in "ab":
        store.put("cpu", name, 0, name)
    store.claim("cpu")
    store.give_back(["a"])
    assert other.claim("cpu") == Claim("a", redelivered=True)


def test_a_silent_owner_loses_its_messages_when_the_lease_ends(store, other, clock):
    store.put("cpu", "a", 0, "a")
    store.claim("cpu")
    clock.now += 29
    assert other.reclaim() == 0
    clock.now += 2
    assert other.reclaim() == 1
    assert other.claim("cpu") == Claim("a", redelivered=True)


def test_an_owner_that_renews_keeps_its_messages(store, other, clock):
    store.put("cpu", "a", 0, "a")
    store.claim("cpu")
    for _ in range(5):
        clock.now += 20
        store.renew()
        assert other.reclaim() == 0


def test_a_late_acknowledgement_does_not_delete_what_is_someone_elses(store, other, clock):
    store.put("cpu", "a", 0, "a")
    store.claim("cpu")
    clock.now += 31
    other.reclaim()
    other.claim("cpu")
    store.acknowledge("a")
    store.give_back(["a"])
    assert store.waiting("cpu") == 0
    other.give_back(["a"])
    assert store.waiting("cpu") == 1


def test_the_messages_of_a_killed_process_are_back_before_their_lease_ends(store, path):
    store.put("cpu", "a", 0, "a")
    program = (
        "import sys, pathlib, time; from foundation.sqlite_queue.store import Store;"
        "Store(pathlib.Path(sys.argv[1]), lease=9e9).claim('cpu'); print('claimed', flush=True);"
        "time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, path], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "claimed\n"
        assert store.reclaim() == 0
        holder.send_signal(signal.SIGKILL)
        # Not waited for yet: a dead process that its parent has not noticed is dead all the same.
        os.waitid(os.P_PID, holder.pid, os.WEXITED | os.WNOWAIT)
        assert store.reclaim() == 1
    assert store.claim("cpu") == Claim("a", redelivered=True)


def test_purging_leaves_what_is_being_worked_on(store):
    for name in "abc":
        store.put("cpu", name, 0, name)
    store.claim("cpu")
    assert store.purge("cpu") == 2
    store.give_back(["a"])
    assert store.waiting("cpu") == 1


def test_a_forked_child_uses_a_connection_and_an_owner_of_its_own(path):
    # In a program of its own: a fork of a process with threads is what pytest warns of.
    program = """
import os, pathlib, sys
from foundation.sqlite_queue.store import Store
store = Store(pathlib.Path(sys.argv[1]))
store.put("cpu", "a", 0, "a"); store.put("cpu", "b", 0, "b")
assert store.claim("cpu").body == "a"  # starts the renewing thread, too
owner = store.owner
child = os.fork()
if child == 0:
    assert store.owner != owner
    store.acknowledge("a")             # not the child's: nothing happens
    assert store.claim("cpu").body == "b"
    store.put("cpu", "c", 0, "c")
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
assert store.owner == owner
assert store.reclaim() == 1            # b, which the child held
assert {store.claim("cpu").body, store.claim("cpu").body} == {"b", "c"}
store.give_back(["a"])
assert store.claim("cpu").redelivered
"""
    subprocess.run([sys.executable, "-W", "ignore", "-c", program, path], check=True, timeout=60)


def test_many_processes_may_make_the_file_at_once(path):
    program = (
        "import sys, pathlib; from foundation.sqlite_queue.store import Store;"
        "Store(pathlib.Path(sys.argv[1])).put('cpu', sys.argv[2], 0, 'x')"
    )
    started = [subprocess.Popen([sys.executable, "-c", program, path, str(n)]) for n in range(6)]
    assert [process.wait(60) for process in started] == [0] * 6
    with closing(Store(path)) as store:
        assert store.waiting("cpu") == 6


def test_a_file_that_is_no_database_is_called_damaged(path, store):
    path.write_bytes(b"\x00rubbish" * 1000)
    with pytest.raises(QueueDamagedError, match=r"is damaged .*Move it away"):
        store.open()


def test_a_broken_page_is_found_before_work_begins(path, tmp_path, store):
    for number in range(200):
        store.put("cpu", str(number), 0, "x" * 1000)
    store.close()
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 8)
    with pytest.raises(QueueDamagedError, match="is damaged"):
        sqlite_queue.verify_queue_file(path)


def test_another_programs_database_is_left_alone(path, store):
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE message (text)")
    before = path.read_bytes()
    with pytest.raises(QueueDamagedError, match="another program's database"):
        store.open()
    assert path.read_bytes() == before


def test_a_locked_file_says_so(path, store, open_store):
    store.open()
    impatient = open_store(patience=0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(QueueBusyError, match="locked by another program"):
            impatient.put("cpu", "a", 0, "a")
    impatient.put("cpu", "a", 0, "a")


def test_an_acknowledgement_outlasts_a_locked_file(path, open_store, caplog):
    impatient = open_store(patience=0.05)
    impatient.put("cpu", "a", 0, "a")
    impatient.claim("cpu")
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        impatient.acknowledge("a")
    assert "Settling 1 messages later" in caplog.text
    impatient.renew()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM message").fetchone() == (0,)


def test_a_full_disk_says_so_and_loses_nothing_that_was_taken_in(store):
    store.put("cpu", "a", 0, "a")
    store._run("PRAGMA max_page_count = 1")
    with pytest.raises(QueueFullError, match="No room left on the disk"):
        store.put("cpu", "b", 0, "b" * 100_000)
    store._run("PRAGMA max_page_count = 1000000")
    store.put("cpu", "c", 0, "c")
    assert [store.claim("cpu").body for _ in range(2)] == ["a", "c"]


def test_a_missing_folder_says_so(tmp_path):
    path = tmp_path / "missing" / "queue.sqlite3"
    with pytest.raises(QueueUnreachableError, match=r"missing/queue\.sqlite3 cannot be used"):
        sqlite_queue.verify_queue_file(path)


def test_a_folder_that_vanished_says_so(path, open_store):
    store = open_store()
    shutil.rmtree(path.parent)
    with pytest.raises(QueueUnreachableError):
        store.put("cpu", "a", 0, "a")
