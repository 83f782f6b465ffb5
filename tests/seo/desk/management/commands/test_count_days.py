from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from seo.desk.metrics import daily_rollup


@pytest.fixture
def counted(monkeypatch):
    found = []
    monkeypatch.setattr(daily_rollup, "count_day", lambda day: found.append(day) or 3)
    return found


def test_the_last_days_are_counted_to_today(counted, capsys):
    call_command("count_days", "--days", "3")
    today = timezone.now().date()
    assert counted == [today - timedelta(days=at) for at in range(3)]
    assert capsys.readouterr().out.splitlines()[0] == f"{today}: 3 pages"


def test_one_day_is_counted_alone(counted):
    call_command("count_days", "--day", "2026-11-22")
    assert counted == [date(2026, 11, 22)]
