"""What holds on PostgreSQL holds on the embedded database too: the races, run again there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="this is the run on SQLite")
def test_the_ledger_and_its_races_hold_on_sqlite(tmp_path):
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
    names = ("holds", "credits_races", "account_merge", "grants")
    files = [f"tests/billing/credits/test_{name}.py" for name in names]
    files.append("tests/billing/accounts/test_free_allowance.py")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *files],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


REFUSES = """
import django; django.setup()
from django.core.management import call_command
from django.db import IntegrityError, connection
call_command("migrate", verbosity=0)
from billing.credits import grants
from billing.models import Account, Source
account = Account.objects.create(kind="user")
grants.grant_credits(account, 5, Source.PROMO, "promo")
for statement in ("UPDATE billing_entry SET amount = 6", "DELETE FROM billing_entry"):
    try:
        connection.cursor().execute(statement)
    except IntegrityError as refused:
        print(refused)
"""


def test_sqlite_refuses_to_change_and_to_delete_an_entry(tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "packshot.settings",
        "PACKSHOT_DATA": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", REFUSES],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.count("only ever added to") == 2, done.stderr[-2000:]
