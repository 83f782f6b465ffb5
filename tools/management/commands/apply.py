import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tools.definition import registry
from tools.pipeline.errors import PipelineError
from tools.rendering import local
from tools.web.serializers import error_words


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

    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["source"]
        if not source.exists():
            raise CommandError(f"{source} does not exist.")
        try:
            tool = registry.get_tool(options["tool"])
            params = local.parse_parameters(tool, options["pairs"])
            engines = local.choose_engines(tool, params, options["engine"])
        except registry.UnknownToolError:
            known = ", ".join(registry.load_tools())
            raise CommandError(f"There is no tool {options['tool']}; there are {known}.") from None
        except (registry.InvalidParamsError, PipelineError) as error:
            raise CommandError(str(error)) from None
        pairs = local.pair_paths(source, options["target"])
        if not pairs:
            raise CommandError(f"There is no picture in {source}.")
        failed = 0
        console = Console(stderr=True)
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        with (
            tempfile.TemporaryDirectory() as steps,
            Progress(*columns, TimeRemainingColumn(), console=console) as progress,
        ):
            task = progress.add_task(str(tool.name), total=len(pairs))
            for path, target in pairs:
                progress.update(task, description=path.name)
                try:
                    run = local.make_run(engines, Path(steps))
                    local.write_picture(target, local.apply_to_file(path, tool, params, run).pixels)
                except (PipelineError, OSError) as error:
                    failed += 1
                    said = error_words(error.id) if isinstance(error, PipelineError) else str(error)
                    progress.console.print(f"{path}: {said}", style="red", highlight=False)
                progress.advance(task)
        if failed:
            raise CommandError(f"{failed} of {len(pairs)} failed.")
