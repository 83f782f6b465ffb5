from datetime import timedelta

import pytest
from django.db import connection

from billing import audit, beat_schedule
from billing.credits import grants, holds
from billing.models import Account, AuditRun, Source
from billing.payments import event_handlers
from packshot.celery import app

ACCOUNT = Account.objects


@pytest.fixture
def history(account, give):
    """A bit of everything that may happen."""
    bought = give(100, Source.PURCHASE)
    for name in ("one", "two", "three"):
        holds.hold_credits(account, 10, name, lease=timedelta(minutes=5))
    holds.capture_hold("one", 4)
    holds.capture_hold("two")
    holds.give_back("two", "edges")
    grants.take_back(bought, 20, reason="refund")
    assert audit.find_problems() == []
    return account


@pytest.mark.parametrize(
    ("table", "change", "what"),
    [
        ("account", "available = available + 1", "account differs from its buckets"),
        ("account", "held = held - 1", "account differs from its buckets"),
        ("account", "available = 0, debt = 5", "account owes other than its entries say"),
        ("bucket", "available = available - 1, held = held + 1", "bucket differs"),
        ("bucket", "consumed = consumed + 1, revoked = revoked - 1", "bucket differs"),
        ("bucket", "granted = granted + 1, available = available + 1", "bucket differs"),
        ("hold", "amount = amount + 1", "hold differs from its entries"),
        ("hold", "captured = captured - 1 WHERE attempt = 'one'", "hold differs"),
        ("hold", "returned = 0, given_back = NULL WHERE attempt = 'two'", "hold differs"),
        (
            "hold",
            "state = 'released', settled = created WHERE attempt = 'three'",
            "bucket holds for no open hold",
        ),
    ],
)
def test_a_row_that_was_tampered_with_is_found(history, table, change, what):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE billing_{table} SET {change}")
    found = [problem.what for problem in audit.find_problems()]
    assert any(words.startswith(what) for words in found), found
    for problem in audit.find_problems():
        assert problem.row
    undo(table, change)
    assert audit.find_problems() == []


def undo(table, change):
    """Put back what the test changed, by its own words."""
    back = {
        "available = available + 1": "available = available - 1",
        "held = held - 1": "held = held + 1",
        "available = 0, debt = 5": "available = 66, debt = 0",
        "available = available - 1, held = held + 1": "available = available + 1, held = held - 1",
        "consumed = consumed + 1, revoked = revoked - 1": "consumed = consumed - 1, "
        "revoked = revoked + 1",
        "granted = granted + 1, available = available + 1": "granted = granted - 1, "
        "available = available - 1",
        "amount = amount + 1": "amount = amount - 1",
        "captured = captured - 1 WHERE attempt = 'one'": "captured = captured + 1 "
        "WHERE attempt = 'one'",
        "returned = 0, given_back = NULL WHERE attempt = 'two'": "returned = captured, "
        "given_back = settled WHERE attempt = 'two'",
        "state = 'released', settled = created WHERE attempt = 'three'": "state = 'held', "
        "settled = NULL WHERE attempt = 'three'",
    }
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE billing_{table} SET {back[change]}")


def test_each_night_is_remembered_and_shown_as_a_metric(history, caplog):
    assert audit.read_gauges()["billing_audit_age_seconds"] == -1
    audit.nightly()
    ACCOUNT.update(held=11)
    audit.nightly()
    ACCOUNT.update(held=10)
    gauges = audit.read_gauges()
    assert (gauges["billing_audit_problems"], gauges["billing_open_holds"]) == (1, 1)
    assert "the ledger is not sound" in caplog.text
    assert AuditRun.objects.count() == 2


def test_everything_on_the_timetable_exists():
    app.loader.import_default_modules()
    for entry in beat_schedule.TIMETABLE.values():
        assert entry["task"] in app.tasks


def test_every_kind_of_event_has_somebody_who_works_on_it():
    assert all(callable(handler) for handler in event_handlers.HANDLERS.values())
