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
