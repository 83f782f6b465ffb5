from typing import Any

from django.core.management.base import BaseCommand

from tools.pipeline.engines import engines


class Command(BaseCommand):
    help = "List the engines, and why those that this server cannot run are unavailable."

    def handle(self, *args: Any, **options: Any) -> None:
        for engine in sorted(engines().values(), key=lambda item: (item.kind, item.name)):
            reason = engine.unavailable()
            state = f"unavailable: {reason}" if reason else "available"
            use = "commercial use" if engine.commercial else "no commercial use"
            self.stdout.write(
                f"{engine.kind:8} {engine.name:20} {engine.version:8} {engine.licence} ({use}), "
                f"{engine.needs.device}, {engine.credits_per_run} credits: {state}"
            )
