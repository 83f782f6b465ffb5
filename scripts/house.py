"""Figures of the house: floors, circles, modules at the door of `tools`, one-word names, tests.

    python scripts/house.py [--names]

A floor is a step of the longest path through the import graph of an app's packages; an edge name is
a public function that another package imports.
"""

import argparse
import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
APPS = {
    "packshot": ROOT / "site" / "packshot",
    "accounts": ROOT / "site" / "accounts",
    "foundation": ROOT / "site" / "foundation",
    "billing": ROOT / "billing",
    "seo": ROOT / "seo",
    "tools": ROOT / "tools",
}
# Words that add nothing: a name of one word and these is one of one word.
EMPTY = {
    "it",
    "of",
    "to",
    "on",
    "in",
    "by",
    "at",
    "for",
    "is",
    "all",
    "one",
    "the",
    "a",
    "an",
    "this",
    "what",
    "with",
}
# What decides or computes, in the body of a function.
LOGIC = (
    ast.If,
    ast.IfExp,
    ast.Match,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.Try,
    ast.With,
    ast.AsyncWith,
    ast.comprehension,
    ast.BoolOp,
    ast.BinOp,
    ast.Compare,
    ast.AugAssign,
)


@dataclass(frozen=True)
class Edge:
    """A public function and the packages that import it."""

    module: str
    name: str
    users: tuple[str, ...]

    @property
    def is_one_word(self) -> bool:
        return len([word for word in self.name.split("_") if word and word not in EMPTY]) < 2


def modules() -> dict[str, Path]:
    """Every module of ours by its dotted name, migrations apart."""
    found = {}
    for app, folder in APPS.items():
        for path in folder.rglob("*.py"):
            if "migrations" in path.parts:
                continue
            parts = [app, *path.relative_to(folder).with_suffix("").parts]
            if parts[-1] == "__init__":
                parts.pop()
            found[".".join(parts)] = path
    return found


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(
        *(app for app, folder in APPS.items() if folder.exists()), cache_dir=None
    )


def read_rooms(app: str) -> dict[str, set[str]]:
    """What each package or lone module right under the app imports of its neighbours."""
    names = [
        name for name in graph().modules if name.startswith(f"{app}.") and "migrations" not in name
    ]
    room = {name: ".".join(name.split(".")[:2]) for name in names}
    found: dict[str, set[str]] = {place: set() for place in room.values()}
    for name in names:
        for other in graph().find_modules_directly_imported_by(name):
            if other in room and room[other] != room[name]:
                found[room[name]].add(room[other])
    return found


def find_circles(imports: dict[str, set[str]]) -> list[set[str]]:
    """The sets of rooms that import each other in a circle."""
    found: list[set[str]] = []
    for start in imports:
        there = reached(imports, start)
        circle = {other for other in there if start in reached(imports, other)}
        if len(circle) > 1 and circle not in found:
            found.append(circle)
    return found


def reached(imports: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    ahead = [start]
    while ahead:
        for other in imports[ahead.pop()]:
            if other not in found:
                found.add(other)
                ahead.append(other)
    return found


def count_floors(imports: dict[str, set[str]]) -> int:
    """The longest path; the rooms of a circle are one floor each."""
    depth: dict[str, int] = {}

    def below(room: str, path: tuple[str, ...]) -> int:
        if room in depth:
            return depth[room]
        under = [
            below(other, (*path, room))
            for other in imports[room]
            if other not in path and other != room
        ]
        deep = 1 + max(under, default=0)
        if not path:
            depth[room] = deep
        return deep

    if find_circles(imports):
        return max((below(room, ()) for room in imports), default=0)
    order: dict[str, int] = {}

    def level(room: str) -> int:
        if room not in order:
            order[room] = 1 + max((level(other) for other in imports[room]), default=0)
        return order[room]

    return max((level(room) for room in imports), default=0)


def package_of(module: str, known: dict[str, Path]) -> str:
    return module if known[module].name == "__init__.py" else module.rpartition(".")[0]


def find_edges() -> list[Edge]:
    """Public functions that another package imports, by name or through their module."""
    known = modules()
    public = {
        module: {
            node.name
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and not node.name.startswith("_")
        }
        for module, path in known.items()
    }
    users: dict[tuple[str, str], set[str]] = {}
    for module, path in known.items():
        here = package_of(module, known)
        for owner, name in used(ast.parse(path.read_text(encoding="utf-8")), known):
            if name in public.get(owner, ()) and package_of(owner, known) != here:
                users.setdefault((owner, name), set()).add(here)
    return [Edge(*key, tuple(sorted(found))) for key, found in sorted(users.items())]


def used(tree: ast.Module, known: dict[str, Path]) -> Iterator[tuple[str, str]]:
    """The names of our modules that a module uses."""
    aliases: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                if full in known:
                    aliases[alias.asname or alias.name] = full
                elif node.module in known:
                    yield node.module, alias.name
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in aliases
        ):
            yield aliases[node.value.id], node.attr


def list_untested() -> list[str]:
    """Modules with logic for which neither a test of their name nor one of their package stands."""
    tests = {
        ".".join(path.relative_to(ROOT / "tests").with_suffix("").parts)
        for path in (ROOT / "tests").rglob("test_*.py")
    }
    return [
        module
        for module, path in sorted(modules().items())
        if has_logic(path) and not is_mirrored(module, tests)
    ]


def is_mirrored(module: str, tests: set[str]) -> bool:
    """tests/a/b/test_c.py for a.b.c, or one file for the whole package: tests/a/b/test_b.py."""
    parts = module.split(".")
    own = [".".join([*parts[:-1], f"test_{parts[-1]}"]), ".".join([*parts, f"test_{parts[-1]}"])]
    for depth in range(len(parts) - 1, 1, -1):
        own.append(".".join([*parts[: depth - 1], f"test_{parts[depth - 1]}"]))
        own.append(".".join([*parts[:depth], f"test_{parts[depth - 1]}"]))
    return any(name in tests or any(test.startswith(f"{name}_") for test in tests) for name in own)


def has_logic(path: Path) -> bool:
    """Whether a function of the module decides or computes something.

    Told by its syntax, whatever it is called: fields, constants, protocols, routes, constructors that
    only keep what they are given, and functions of one statement that only calls another (a task, a
    signal's receiver, a row's name) have none.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(
        decides(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def decides(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    body = [
        node
        for node in function.body
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        and not (function.name == "__init__" and keeps(node))
    ]
    return len(body) > 1 or any(isinstance(part, LOGIC) for node in body for part in ast.walk(node))


def keeps(node: ast.stmt) -> bool:
    """Whether a line of a constructor only keeps an argument, or passes some on to its base."""
    if isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
        return isinstance(target, ast.Attribute) and isinstance(node.value, ast.Name)
    return isinstance(node, ast.Expr) and ast.unparse(node).startswith("super().__init__(")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--names", action="store_true", help="list the one-word names and untested modules"
    )
    asked = parser.parse_args()
    for app, folder in APPS.items():
        if folder.exists():
            imports = read_rooms(app)
            print(
                f"{app:<11} floors {count_floors(imports):>2}  rooms {len(imports):>2}  circles {find_circles(imports) or 0}"
            )
    found = find_edges()
    short = [edge for edge in found if edge.is_one_word]
    print(f"edge names {len(found)}, of one word {len(short)} ({len(short) / len(found):.0%})")
    door = [path for path in (ROOT / "tools").glob("*.py") if path.name != "__init__.py"]
    print(f"modules directly in tools/: {len(door)}")
    left = list_untested()
    known = sum(has_logic(path) for path in modules().values())
    print(f"modules with logic and without a test of their name or package: {len(left)} of {known}")
    if asked.names:
        for edge in short:
            print(f"  {edge.module}:{edge.name}  ({', '.join(edge.users)})")
        for module in left:
            print("  untested", module)
    return 0


if __name__ == "__main__":
    sys.exit(main())
