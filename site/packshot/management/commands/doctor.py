from typing import Any

from django.core.management.base import BaseCommand, CommandError

from packshot import doctor


class Command(BaseCommand):
    help = "Say in one line each what is set up, what answers and what is missing."
    # It says itself what the checks find.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        bad = []
        for name, finding in doctor.run_checks():
            self.stdout.write(f"{finding.state:5} {name:10} {finding.words}")
            self.stdout.flush()
            if finding.state == doctor.BAD:
                bad.append(name)
        if bad:
            raise CommandError(f"To be mended: {', '.join(bad)}.")
