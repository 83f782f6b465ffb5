from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from tools.analytics import attempt_counts
from tools.pipeline.engines import list_engines

DAYS = 28


class Command(BaseCommand):
    help = (
        "List the engines: why those that this server cannot run are unavailable, and how often "
        f"they gave a result at the first try in the last {DAYS} days."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counted = attempt_counts.count_by_engine(attempt_counts.list_recent(DAYS))
        except DatabaseError:
            # What this server can run is known without a database, or before it is prepared.
            self.stderr.write("No counts: the database is not prepared yet (manage.py prepare).")
            counted = {}
        for (kind, name), engine in sorted(list_engines().items(), key=lambda known: known[0]):
            reason = engine.unavailable()
            state = f"unavailable: {reason}" if reason else "available"
            use = "commercial use" if engine.commercial else "no commercial use"
            counts = counted.get(f"{kind} {name}", attempt_counts.Counts())
            self.stdout.write(
                f"{kind:8} {name:20} {engine.version:8} {engine.licence} ({use}), "
                f"{engine.needs.device}: {state}{tried(counts)}"
            )


def tried(counts: attempt_counts.Counts) -> str:
    """As ", first try 92 % of 50, 3 unkept"; nothing where nobody asked it for anything."""
    if counts.first_try is None:
        return ""
    unkept = f", {counts.unkept} did not keep the product" if counts.unkept else ""
    return f", first try {counts.first_try:.0%} of {counts.firsts}{unkept}"
