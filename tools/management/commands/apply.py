import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tools.definition import registry
from tools.pipeline.errors import PipelineError
from tools.rendering import folders, local
from tools.web.serializers import error_words

STYLES = {"made": "", "skipped": "dim", "failed": "red"}


class Command(BaseCommand):
    help = "Run a tool on a file or on every picture of a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("tool", help="such as remove-background")
        parser.add_argument("source", type=Path, metavar="IN", help="a picture or a folder")
        parser.add_argument("target", type=Path, metavar="OUT", help="a file or a folder")
        parser.add_argument(
            "--set", action="append", default=[], metavar="name=value", dest="pairs"
        )
        parser.add_argument("--engine", metavar="NAME")
        parser.add_argument(
            "--format",
            choices=sorted(set(folders.WRITTEN.values())),
            default="png",
            help="of the files in a folder; a single file is what its name says",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["source"]
        if not source.exists():
            raise CommandError(f"{source} does not exist.")
        try:
            tool = registry.get_tool(options["tool"])
            params = local.parse_parameters(tool, options["pairs"])
            engines = local.choose_engines(tool, params, options["engine"])
            suffix = next(s for s, form in folders.WRITTEN.items() if form == options["format"])
            tasks = folders.list_tasks(source, options["target"], suffix)
        except registry.UnknownToolError:
            known = ", ".join(registry.load_tools())
            raise CommandError(f"There is no tool {options['tool']}; there are {known}.") from None
        except (registry.InvalidParamsError, PipelineError) as error:
            raise CommandError(str(error)) from None
        except folders.UnwritableError as error:
            known = ", ".join(folders.WRITTEN)
            raise CommandError(f"No result can be written as {error}: use {known}.") from None
        if not any(task.target for task in tasks):
            raise CommandError(f"There is no picture in {source}.")
        said = self.work(tasks, tool, params, engines)
        if said["failed"]:
            raise CommandError(f"{said['failed']} of {len(tasks)} failed.")

    def work(self, tasks: list[folders.Task], tool: Any, params: Any, engines: Any) -> Counter[str]:
        """Make what there is to make, and say of every input what became of it."""
        counted: Counter[str] = Counter()
        console = Console(stderr=True)
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        with (
            tempfile.TemporaryDirectory() as steps,
            Progress(*columns, TimeRemainingColumn(), console=console) as progress,
        ):
            bar = progress.add_task(str(tool.name), total=len(tasks))
            for task in tasks:
                progress.update(bar, description=task.path.name)
                became, why = "skipped", task.skipped
                if task.target:
                    became, why = attempt(task, tool, params, local.make_run(engines, Path(steps)))
                counted[became] += 1
                line = f"{became:8}{task.path}: {why}"
                progress.console.print(line, style=STYLES[became], highlight=False, soft_wrap=True)
                progress.advance(bar)
        self.stdout.write(", ".join(f"{counted[name]} {name}" for name in STYLES))
        return counted


def attempt(task: folders.Task, tool: Any, params: Any, run: Any) -> tuple[str, str]:
    """What became of one picture, and where it is or why."""
    if task.target is None:
        return "skipped", task.skipped
    try:
        local.write_picture(task.target, local.apply_to_file(task.path, tool, params, run).pixels)
    except PipelineError as error:
        return "failed", error_words(error.id)
    except OSError as error:
        return "failed", str(error)
    return "made", str(task.target)
