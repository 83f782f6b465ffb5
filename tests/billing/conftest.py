import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import User, Visitor
from billing import audit, grants, payers
from billing.models import Account, Source

WORKERS = 16


@pytest.fixture(autouse=True)
def books_are_sound(db):
    """After every test, whatever it did, the one query finds nothing."""
    yield
    assert audit.problems() == []


class Clock:
    """The time, which passes only when told to."""

    def __init__(self):
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self):
        return self.now

    def passes(self, **time):
        self.now += timedelta(**time)


@pytest.fixture
def clock(monkeypatch):
    frozen = Clock()
    monkeypatch.setattr(timezone, "now", frozen)
    return frozen


@pytest.fixture
def alice():
    return User.objects.create_user("alice@example.com")


@pytest.fixture
def visitor():
    return Visitor.objects.create()


@pytest.fixture
def account(alice):
    return payers.user_account(alice)


@pytest.fixture
def give(account):
    """Give the account credits."""

    def give(amount, source=Source.ADJUST, to=account, **more):
        return grants.grant(to, amount, source, f"test:{uuid.uuid4()}", **more)

    return give


@pytest.fixture
def now_at():
    """Read an account again: (available, held, debt)."""

    def now_at(account):
        found = Account.objects.get(pk=account.pk)
        return found.available, found.held, found.debt

    return now_at


@pytest.fixture
def together():
    """Run a function in threads that all begin at once; what each answered, in order."""

    def together(run, workers=WORKERS):
        gate = threading.Barrier(workers)

        def worker(index):
            try:
                gate.wait()
                return run(index)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(worker, range(workers)))

    return together
