"""Folders of pictures: which of what lies there is to be worked on, and where each result goes."""

from dataclasses import dataclass
from pathlib import Path

from tools.pipeline.intake import sniff
from tools.storage import download_names

# The endings that results can have, and how each is written.
WRITTEN = {
    ".png": "png",
    ".webp": "webp",
    ".jpg": "jpeg", ".jpeg": "jpeg", ".jpe": "jpeg", ".jfif": "jpeg",
    ".avif": "avif",
    ".tif": "tiff", ".tiff": "tiff",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """One input: the file that its result goes to, or why it is left out."""

    path: Path
    target: Path | None = None
    skipped: str = ""


class UnwritableError(Exception):
    """An ending that no result can have."""


def list_tasks(source: Path, target: Path, suffix: str = ".png") -> list[Task]:
    """A task for every file in the source, or for the source itself; results of a folder have its
    names with `suffix`, numbered where two would have the same. Raises UnwritableError.
    """
    if source.is_dir():
        return _of_folder(source, target, suffix)
    if target.is_dir() or not target.suffix:
        return [Task(source, target / f"{source.stem}{suffix}")]
    if target.suffix.lower() not in WRITTEN:
        raise UnwritableError(target.suffix)
    return [Task(source, target)]


def _of_folder(source: Path, target: Path, suffix: str) -> list[Task]:
    # What is written into the folder that it is read from is not read again.
    inside = target.resolve()
    files = [
        path
        for path in sorted(source.rglob("*"))
        if not path.is_dir()
        and (inside == source.resolve() or inside not in path.resolve().parents)
    ]
    tasks = {path: Task(path, skipped=why_skipped(path)) for path in files}
    wanted = [path for path in files if not tasks[path].skipped]
    names = [str(path.relative_to(source).with_suffix(suffix)) for path in wanted]
    for path, name in zip(wanted, number_names(names), strict=True):
        tasks[path] = Task(path, target / name)
    return list(tasks.values())


def number_names(names: list[str]) -> list[str]:
    """The same paths, numbered where one has been there before, in whatever case."""
    folders: dict[Path, list[int]] = {}
    for place, name in enumerate(names):
        folders.setdefault(Path(name).parent, []).append(place)
    numbered = list(names)
    for folder, places in folders.items():
        here = download_names.number_doubles(Path(names[place]).name for place in places)
        for place, name in zip(places, here, strict=True):
            numbered[place] = str(folder / name)
    return numbered


def why_skipped(path: Path) -> str:
    """Why a file is no picture by its name; empty where it may be one."""
    if path.name.startswith("."):
        return "a hidden file, not a picture"
    if sniff.EXTENSIONS.get(path.suffix.lower()) not in sniff.FORMATS:
        return f"not a picture's ending: {path.suffix or 'none'}"
    return ""
