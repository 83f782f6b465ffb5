import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from tools.benchmarks.editor import NoServerError
from tools.pipeline.errors import EngineUnavailableError

Rows = list[dict[str, Any]]

# What can be measured, and the function that does it: a folder for those that need one.
SUBJECTS = {
    "api": "tools.benchmarks.api:measure",
    "ledger": "tools.benchmarks.ledger:measure",
    "again": "tools.benchmarks.second_attempt:measure",
    "cutout": "tools.benchmarks.cutout:measure",
    "editor": "tools.benchmarks.editor:measure",
    "enhance": "tools.benchmarks.enhance:measure",
    "fidelity": "tools.benchmarks.fidelity:measure",
    "outline": "tools.benchmarks.outline:measure",
    "pages": "seo.benchmarks.pages:measure",
    "queue": "tools.benchmarks.queue:measure",
}
NEED_FOLDER = {"cutout", "enhance", "outline"}


class Command(BaseCommand):
    help = "Measure this server: " + ", ".join(SUBJECTS)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=sorted(SUBJECTS))
        parser.add_argument("folder", nargs="?", type=Path)
        parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
        parser.add_argument("--engine", help="for cutout, outline: which engine's matte")
        parser.add_argument(
            "--picture", type=Path, help="for outline: where to draw the calibration curve"
        )
        parser.add_argument("--address", help="for api, editor: where the running server is")
        parser.add_argument("--key", help="for api, with an address: a key of that server")
        parser.add_argument(
            "--tolerance", type=float, help="for cutout: how near outlines count, of the diagonal"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        what, folder = options["what"], options["folder"]
        if folder is None and what in NEED_FOLDER:
            raise CommandError(f"Say which folder: measure {what} DIR")
        if folder is not None and not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        module, _, name = SUBJECTS[what].partition(":")
        function: Callable[..., Rows] = getattr(import_module(module), name)
        given = {
            name: options[name]
            for name in ("engine", "tolerance", "address", "key", "picture")
            if options[name]
        }
        try:
            rows = function(folder, **given) if folder else function(**given)
        except (EngineUnavailableError, NoServerError) as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            self.stdout.write(json.dumps(rows, indent=1))
        else:
            self.show(rows)

    def show(self, rows: Rows) -> None:
        columns = list(dict.fromkeys(name for row in rows for name in row))
        table = Table(*columns)
        for row in rows:
            table.add_row(*(shown(row.get(name, "")) for name in columns))
        # The width of the figures, not of a terminal that may not be there.
        Console(file=self.stdout, width=180).print(table)  # type: ignore[arg-type]  # has write()


def shown(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
