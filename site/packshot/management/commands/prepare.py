from typing import Any

from django.core.management.base import BaseCommand

from packshot import preparing


class Command(BaseCommand):
    help = "Bring database, queue, static files and starter pages up to date."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        preparing.prepare_site()
