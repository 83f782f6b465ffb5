"""What the documents name is there: files, functions, commands, make's targets, variables, words."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands

from tools.management.commands.measure import SUBJECTS

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/*.md")])
GLOSSARY = ROOT / "docs" / "glossary.md"
# What may stand in a package's folder and be imported as if it stood at the root.
HOMES = (ROOT, ROOT / "site")
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name[0] != "."}
SUFFIXES = (".py", ".md", ".toml", ".yaml", ".json", ".css", ".js", ".html", ".txt", ".service")
# Where a list of names ends and its explanation begins.
SECTION_OF_READERS = re.compile(r"^## What [^\n]* read\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")
PLACE = re.compile(r"([a-z_]\w*(?:\.\w+)*):(\w+)")
LINES_OF_README = 150

every_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)


def spoken(document):
    """What the document says in `code`, and in indented lines of it."""
    text = document.read_text(encoding="utf-8")
    yield from re.findall(r"`([^`\n]+)`", text)
    yield from (line.strip() for line in text.splitlines() if line.startswith("    "))


@cache
def names(path):
    """What a module has at its top: defined, assigned or imported."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name for alias in node.names}
    return found


def module_file(dotted):
    path = Path(*dotted.split("."))
    there = (home / one for home in HOMES for one in (f"{path}.py", path / "__init__.py"))
    return next((file for file in there if file.exists()), None)


def is_path(said):
    """Whether it names a file or folder of the tree: not an address of the site's (/robots.txt), not
    a pattern with a word to put in (SLUG.webp), not what an operator writes (deploy/.env).
    """
    if not re.fullmatch(r"[\w.*][\w.*/-]*", said) or re.search(
        r"(?<![\w.])[A-Z]+\b(?!\.md)|/\.", said
    ):
        return False
    return "/" in said and (said.split("/")[0] in FOLDERS or said.endswith(SUFFIXES))


@every_document
def test_every_file_that_is_named_exists(document):
    missing = []
    for said in spoken(document):
        name = said.partition(":")[0] if said.split(":")[0].endswith(".py") else said
        if is_path(name):
            near = (ROOT, document.parent)
            if not any(True for folder in near for _ in folder.glob(name.rstrip("/"))):
                missing.append(name)
    assert missing == []


@every_document
def test_every_link_leads_somewhere(document):
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@every_document
def test_every_function_that_is_named_exists(document):
    missing = []
    for said in spoken(document):
        path, colon, name = said.partition(":")
        if colon and path.endswith(".py") and name.isidentifier():
            file = ROOT / path
            if not file.exists() or name not in names(file):
                missing.append(said)
        elif (found := PLACE.fullmatch(said)) and "." in found[1]:
            file = module_file(found[1])
            if file is None or found[2] not in names(file):
                missing.append(said)
    assert missing == []


@every_document
def test_every_command_that_is_named_exists(document):
    commands = {name for said in spoken(document) for name in re.findall(r"manage\.py (\w+)", said)}
    assert commands - set(get_commands()) == set()


@every_document
def test_everything_that_can_be_measured_can(document):
    lists = [name for said in spoken(document) for name in re.findall(r"measure ([a-z|]+)\b", said)]
    assert {what for one in lists for what in one.split("|")} - set(SUBJECTS) == set()


@every_document
def test_every_target_of_make_that_is_named_exists(document):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE))
    named = {
        name for said in spoken(document) for name in re.findall(r"\bmake ([a-z][\w-]*)", said)
    }
    assert named - targets == set()


def test_every_noun_of_the_glossary_has_its_place_in_the_code():
    rows = []
    for section in SECTION_OF_READERS.findall(GLOSSARY.read_text(encoding="utf-8")):
        rows += [line for line in section.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 60
    assert [row for row in rows if not re.search(r"`[\w.]+:\w+`", row)] == []
    nouns = [row.split("|")[1].strip() for row in rows]
    assert len(set(nouns)) == len(nouns)


def test_every_variable_of_the_environment_is_told_of_and_read():
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("site", "tools", "billing", "seo")
        for path in (ROOT / folder).rglob("*.py")
        if "benchmarks" not in path.parts
    )
    read = set(re.findall(r'"(PACKSHOT_[A-Z_]+)"', code))
    told = set()
    for document in DOCUMENTS:
        told |= set(re.findall(r"`(PACKSHOT_[A-Z_]*[A-Z])\b", document.read_text("utf-8")))
    assert told - read == set()
    assert read - told == set()


def test_the_readme_is_short():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) < LINES_OF_README
