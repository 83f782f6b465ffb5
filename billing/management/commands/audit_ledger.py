from typing import Any

from django.core.management.base import BaseCommand, CommandError

from billing import audit


class Command(BaseCommand):
    help = "Prove the books by one query; exit with 1 and the rows when they are not sound."

    def handle(self, *args: Any, **options: Any) -> None:
        found = audit.find_problems()
        for problem in found:
            self.stderr.write(f"{problem.what}: {problem.row}")
        if found:
            raise CommandError(f"The ledger is not sound: {len(found)} rows.")
        self.stdout.write("The ledger is sound.")
