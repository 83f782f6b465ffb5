from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from seo import starter_pages


class Command(BaseCommand):
    help = "Load the starter pages, or those of a folder; pages that exist are left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=starter_pages.STARTER)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        made = starter_pages.load_pages(folder)
        if made or options["verbosity"] > 1:
            self.stdout.write(f"{made} pages loaded")
