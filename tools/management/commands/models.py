from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TransferSpeedColumn,
)

from tools.pipeline.weights import adding, fetching, places, soundness
from tools.pipeline.weights.catalogue import WEIGHTS, Weights


class Command(BaseCommand):
    help = (
        "The weights of neural engines: list them, fetch them, add a file that you were given, or "
        "read and verify what is here."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("list", "fetch", "add", "verify"))
        parser.add_argument("names", nargs="*", metavar="NAME", help="which; for add: the file")
        parser.add_argument("--name", help="for add: the weights that it is, as in the list")
        parser.add_argument("--licence", help="for add: under which it was given to you")
        parser.add_argument("--sha256", help="for add: the checksum that its source gives")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "add":
            self.add(options)
            return
        chosen = self.chosen(options["names"])
        match options["what"]:
            case "list":
                for weights in chosen:
                    self.stdout.write(f"{weights.name:26} {source(weights)}, {state(weights)}")
            case "fetch":
                if not options["names"]:
                    raise CommandError("Say which: models fetch NAME…")
                self.fetch(chosen)
            case _:
                self.verify(chosen)

    def chosen(self, names: Iterable[str]) -> list[Weights]:
        unknown = sorted(set(names) - set(WEIGHTS))
        if unknown:
            known = ", ".join(WEIGHTS)
            raise CommandError(f"There are no weights {', '.join(unknown)}; there are {known}.")
        return [WEIGHTS[name] for name in names or WEIGHTS]

    def fetch(self, chosen: Iterable[Weights]) -> None:
        columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn()
        with Progress(*columns, TransferSpeedColumn(), console=Console(stderr=True)) as shown:
            tasks: dict[str, TaskID] = {}

            def told(path: str, done: int, size: int) -> None:
                if path not in tasks:
                    tasks[path] = shown.add_task(path, total=size or None)
                shown.update(tasks[path], completed=done)

            for weights in chosen:
                try:
                    folder = fetching.fetch_weights(weights, told)
                except fetching.WeightsError as error:
                    raise CommandError(str(error)) from None
                self.stdout.write(f"{weights.name}: {folder}")

    def add(self, options: dict[str, Any]) -> None:
        if len(options["names"]) != 1:
            raise CommandError("Say which file: models add FILE")
        told = {name: options[name] or input(f"{name}: ") for name in ("name", "licence", "sha256")}
        (weights,) = self.chosen([told.pop("name")])
        try:
            path = adding.add_weights(weights, Path(options["names"][0]), **told)
        except fetching.WeightsError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{weights.name}: {path}")
        if not places.place.may_be_used(weights):
            self.stdout.write(f"PACKSHOT_LICENSED={weights.name} says that you may use it.")

    def verify(self, chosen: Iterable[Weights]) -> None:
        bad = 0
        for weights in chosen:
            folder = places.find_weights(weights)
            if folder is None:
                continue
            reason = soundness.verify_weights(weights, folder)
            bad += reason is not None
            self.stdout.write(f"{weights.name:26} {reason or 'sound'} ({folder})")
        if bad:
            raise CommandError(f"{bad} damaged: manage.py models fetch NAME mends them.")


def source(weights: Weights) -> str:
    if weights.own:
        brought = places.read_brought(places.place.home(weights))
        return f"your own {weights.own}" + (f", {brought.licence}" if brought else "")
    use = "commercial use" if weights.commercial else "no commercial use"
    if weights.repo:
        return f"{weights.repo} at {weights.revision[:12]}, {weights.licence} ({use})"
    size = sum(file.bytes for file in weights.files) / 1e6
    return f"{size:,.0f} MB, {weights.licence} ({use})"


def state(weights: Weights) -> str:
    folder: Path | None = places.find_weights(weights)
    if folder is None:
        return "not here"
    return soundness.find_damage(weights, folder) or f"in {folder}"
