from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from seo.desk.metrics import daily_rollup


class Command(BaseCommand):
    help = "Count what visitors did on the keyword pages again, for the last days or for one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=2, help="How many, to today.")
        parser.add_argument("--day", type=date.fromisoformat, help="One day, such as 2026-11-22.")

    def handle(self, *args: Any, days: int, day: date | None, **options: Any) -> None:
        today = timezone.now().date()
        for one in [day] if day else [today - timedelta(days=at) for at in range(days)]:
            self.stdout.write(f"{one}: {daily_rollup.count_day(one)} pages")
