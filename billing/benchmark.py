"""Ledger benchmark: how fast it is when everybody spends from one account."""

import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.synchronize import Barrier
from statistics import quantiles
from typing import Any
from uuid import uuid4

from django.db import connection, connections

from accounts.models import Visitor
from billing import audit
from billing.accounts import payers
from billing.credits import grants, holds
from billing.models import Account, Source

LEASE = timedelta(minutes=10)
# Every fifth attempt fails and is released.
FAILS = 5


@dataclass(frozen=True)
class Throughput:
    """`moves` are holds, captures and releases together; seconds as the caller waits them."""

    database: str
    workers: int
    moves: int
    moves_per_second: float
    median: float
    p99: float
    problems: int


def measure_throughput(workers: int = 16, seconds: float = 10) -> Throughput:
    """Hold and settle attempts on one account in so many processes for so many seconds.

    Works in a scratch database beside the configured one, made and removed here.
    """
    with scratch_database():
        account_id = rich_account()
        # Each process opens its own connection: none is taken along through the fork.
        connections.close_all()
        context = multiprocessing.get_context("fork")
        gate, answers = context.Barrier(workers), context.Queue()
        running = [
            context.Process(target=spend, args=(account_id, seconds, gate, answers))
            for _ in range(workers)
        ]
        for process in running:
            process.start()
        waits = [wait for _ in running for wait in answers.get(timeout=seconds + 300)]
        for process in running:
            process.join()
        return Throughput(
            database=connection.vendor,
            workers=workers,
            moves=len(waits),
            moves_per_second=round(len(waits) / seconds, 1),
            median=round(quantiles(waits, n=100)[49], 4),
            p99=round(quantiles(waits, n=100)[98], 4),
            problems=len(audit.find_problems()),
        )


@contextmanager
def scratch_database() -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        test = connection.settings_dict["TEST"]
        kept = test.get("NAME")
        on_file = connection.vendor == "sqlite"
        test["NAME"] = f"{folder}/measuring" if on_file else "packshot_measuring"
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(str(before), verbosity=0)
            test["NAME"] = kept


def rich_account() -> int:
    account = payers.account_of_visitor(Visitor.objects.create())
    for part in range(5):
        grants.grant_credits(account, 10**6, Source.PURCHASE, f"measuring:{part}")
    return account.pk


def spend(account_id: int, seconds: float, gate: Barrier, answers: Any) -> None:
    """What one process does; answers with how long each move took."""
    account = Account.objects.get(pk=account_id)
    waits: list[float] = []

    def timed(begun: float) -> float:
        waits.append(time.perf_counter() - begun)
        return time.perf_counter()

    gate.wait()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        attempt = uuid4().hex
        begun = time.perf_counter()
        holds.hold_credits(account, 2, attempt, lease=LEASE)
        begun = timed(begun)
        if len(waits) % (2 * FAILS) == 1:
            holds.release_hold(attempt, "failed")
        else:
            holds.capture_hold(attempt)
        timed(begun)
    answers.put(waits)
