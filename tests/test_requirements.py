"""What the code imports is what pyproject.toml asks for, and the pinned lists are complete."""

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"][
    "targets"
]["wheel"]["packages"]
SHIPPED = ROOT / "requirements.txt"
LISTS = [SHIPPED, ROOT / "requirements-dev.txt", ROOT / "requirements-models.txt"]
EXTRAS = [line for lines in PROJECT["optional-dependencies"].values() for line in lines]


def pinned(path):
    """Name and version of what a list installs on this Python."""
    lines = [line for line in path.read_text().splitlines() if re.match("[a-z]", line)]
    wanted = [Requirement(line) for line in lines]
    here = [one for one in wanted if one.marker is None or one.marker.evaluate()]
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in here}


def imported():
    """Each module of others that our code names, and a file that does."""
    ours = {Path(package).name for package in PACKAGES}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = []
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    names = [node.module]
                for name in names:
                    top = name.partition(".")[0]
                    if top not in sys.stdlib_module_names | ours:
                        yield top, path.relative_to(ROOT)


def test_every_import_is_declared():
    declared = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}
    declared |= {canonicalize_name(Requirement(line).name) for line in EXTRAS}
    made_by = importlib.metadata.packages_distributions()
    undeclared = {
        module: str(path)
        for module, path in imported()
        if not {canonicalize_name(name) for name in made_by.get(module, [module])} & declared
    }
    assert undeclared == {}


@pytest.mark.parametrize("line", PROJECT["dependencies"])
def test_what_is_declared_is_pinned_with_all_that_it_needs(line):
    pins, waiting, seen = pinned(SHIPPED), [(Requirement(line), "")], set()
    while waiting:
        wanted, extra = waiting.pop()
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(wanted.name)
        assert name in pins, f"{wanted} is not in {SHIPPED.name}"
        assert wanted.specifier.contains(pins[name], prereleases=True), wanted
        for asked in {"", *wanted.extras}:
            if (name, asked) not in seen:
                seen.add((name, asked))
                needs = importlib.metadata.requires(name) or []
                waiting += [(Requirement(need), asked) for need in needs]


def test_the_lists_agree_with_one_another():
    shipped = pinned(SHIPPED)
    for path in LISTS[1:]:
        pins = pinned(path)
        assert {name: pins[name] for name in pins.keys() & shipped} == {
            name: shipped[name] for name in pins.keys() & shipped
        }
