"""Case 5 of the twelve: a process killed after its hold, and in the middle of a transaction."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from billing.credits import holds
from billing.models import Entry, Hold

pytestmark = pytest.mark.django_db(transaction=True)

# What a worker does until it is killed: with AT at which point of which move.
WORKER = """
import os, signal, sys
import django
from django.db import connections
django.setup()
connections["default"].settings_dict["NAME"] = os.environ["KILL_DATABASE"]
from datetime import timedelta
from billing.credits import holds, postings
from billing.models import Account, Entry, Hold

account = Account.objects.get(pk=int(os.environ["KILL_ACCOUNT"]))
where = os.environ["KILL_WHERE"]

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

lease = timedelta(seconds=-1)
if where == "in-hold":
    postings.Moves.write = die
holds.hold_credits(account, 7, "killed", lease=lease)
if where == "after-hold":
    die()
if where == "in-capture":
    postings.Moves.write = die
holds.capture_hold("killed")
if where == "after-capture":
    die()
postings.Moves.write = die
holds.give_back("killed", "edges")
"""


def killed(account, where):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "packshot.settings",
        "KILL_ACCOUNT": str(account.pk),
        "KILL_DATABASE": str(connection.settings_dict["NAME"]),
        "KILL_WHERE": where,
    }
    command = [sys.executable, "-c", WORKER]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    # PostgreSQL notices a dead client when it next speaks to it.
    until = time.monotonic() + 10
    while not settled() and time.monotonic() < until:
        time.sleep(0.05)


def settled():
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("where", "before", "after"),
    [
        ("in-hold", (30, 0, 0), (30, 0, 0)),
        ("after-hold", (23, 7, 0), (30, 0, 0)),
        ("in-capture", (23, 7, 0), (30, 0, 0)),
        ("after-capture", (23, 0, 0), (23, 0, 0)),
        ("in-give-back", (23, 0, 0), (23, 0, 0)),
    ],
)
def test_a_killed_worker_leaves_the_books_sound_and_charges_nobody_for_nothing(
    account, give, now_at, together, where, before, after
):
    give(30)
    killed(account, where)
    assert now_at(account) == before
    lapsed = sum(swept.lapsed for swept in together(lambda _: holds.sweep_holds(), 4))
    assert lapsed == (before != after)
    assert now_at(account) == after
    if before[1]:
        assert holds.capture_hold("killed") is False
        assert Hold.objects.get().late


def test_workers_killed_at_any_moment_leave_the_books_sound(account, give, now_at):
    give(10_000)
    worker = WORKER.split("lease =", maxsplit=1)[0] + (
        "import uuid\n"
        "while True:\n"
        "    name = uuid.uuid4().hex\n"
        "    holds.hold_credits(account, 3, name, lease=timedelta(seconds=-1))\n"
        "    print(name, flush=True)\n"
        "    holds.capture_hold(name, 2)\n"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "packshot.settings",
        "KILL_ACCOUNT": str(account.pk),
        "KILL_DATABASE": str(connection.settings_dict["NAME"]),
        "KILL_WHERE": "",
    }
    running = [
        subprocess.Popen([sys.executable, "-c", worker], env=environment, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    for turn, process in enumerate(running):
        process.stdout.readline()
        time.sleep(0.2 + turn * 0.13)
        process.kill()
        process.wait()
        process.stdout.close()
    until = time.monotonic() + 10
    while not settled() and time.monotonic() < until:
        time.sleep(0.05)
    holds.sweep_holds(timezone.now() + timedelta(seconds=1))
    charged = Hold.objects.filter(state="captured").count()
    assert now_at(account) == (10_000 - 2 * charged, 0, 0)
    assert Entry.objects.filter(dst="consumed").count() == charged
