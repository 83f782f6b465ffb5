"""The rules of the house that no tool checks."""

import importlib
import re
import site
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ["accounts", "billing", "foundation", "packshot", "seo", "tools"]
HEAVY = {"torch", "rembg", "diffusers", "onnxruntime", "cv2", "numpy", "scipy", "c2pa", "PIL"}
BANNED = {"utils", "helpers", "common", "manager", "managers", "service", "services", "misc"}
SILENCED = re.compile(r"# noqa: [A-Z0-9, ]*[0-9]|# type: ignore\[[a-z, -]*\]")
MOST_LINES = 300
# A list of cases, or a stand-alone program, may be read in pieces.
MOST_LINES_OF_TESTS = 450


def python_files(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def everything():
    return list(python_files("site", "tools", "billing", "seo", "tests", "scripts"))


def test_site_is_a_folder_and_not_a_package():
    assert not (ROOT / "site" / "__init__.py").exists()
    assert hasattr(site, "getsitepackages")


@pytest.mark.parametrize("name", OURS)
def test_our_packages_are_ours(name):
    assert ROOT in Path(importlib.import_module(name).__file__).parents


def test_no_folder_of_tests_is_a_package():
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_the_web_process_loads_no_image_library():
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'packshot.settings';"
        "import packshot.asgi; from django.urls import get_resolver; get_resolver().check();"
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "[]", run.stderr


@pytest.mark.parametrize("path", everything(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_one_thing(path):
    assert path.stem not in BANNED
    of_tests = path.relative_to(ROOT).parts[0] in {"tests", "scripts"}
    most = MOST_LINES_OF_TESTS if of_tests else MOST_LINES
    assert len(path.read_text(encoding="utf-8").splitlines()) <= most


@pytest.mark.parametrize("path", everything(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_silenced_check_has_its_reason_beside_it(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = SILENCED.split(line)
        if len(parts) > 1:
            assert len(re.findall(r"[A-Za-z]+", parts[-1])) > 1, line


def test_an_engine_does_not_bear_its_librarys_name():
    names = {path.stem for path in (ROOT / "tools/pipeline/engines").glob("*.py")}
    assert not names & {"rembg", "torch", "diffusers", "spandrel", "onnxruntime", "cv2"}


def test_every_error_has_its_words():
    from tools.errors import ToolsError
    from tools.pipeline.errors import PipelineError
    from tools.pipeline.intake import errors  # noqa: F401  defines the refusals

    def below(kind):
        for sub in kind.__subclasses__():
            yield sub.id
            yield from below(sub)

    words = {path.stem for path in (ROOT / "templates/tools/errors").glob("*.txt")}
    assert {*below(ToolsError), *below(PipelineError)} <= words


def test_no_module_of_the_editor_is_long():
    for path in (ROOT / "tools/static/tools").rglob("*.js"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 150, path


def mirrored(path):
    """Whether a test's file stands where the module or package that it tests stands."""
    _, app, *parts = path.relative_to(ROOT).with_suffix("").parts
    folder = ROOT / "site" / app if (ROOT / "site" / app).is_dir() else ROOT / app
    *packages, name = parts
    names = name.removeprefix("test_").split("_")
    place = folder.joinpath(*packages)
    # test_store.py tests store.py, test_store_crowd.py does too; test_credits.py all of credits/.
    return any(
        place.joinpath("_".join(names[:end])).with_suffix(".py").exists()
        or place.joinpath("_".join(names[:end])).is_dir()
        or (place.is_dir() and place.name == "_".join(names[:end]))
        for end in range(len(names), 0, -1)
    )


OF_APPS = [
    path
    for app in ["foundation", "accounts", "billing", "packshot", "seo", "tools"]
    for path in sorted((ROOT / "tests" / app).rglob("test_*.py"))
]


@pytest.mark.parametrize("path", OF_APPS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_test_stands_where_what_it_tests_stands(path):
    assert mirrored(path)


def test_the_house_has_few_floors_no_circles_plain_names_and_a_test_for_every_module():
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        house = importlib.import_module("house")
    finally:
        sys.path.remove(str(ROOT / "scripts"))
    for app in house.APPS:
        imports = house.read_rooms(app)
        assert house.count_floors(imports) <= 10, app
        assert house.find_circles(imports) == [], app
    edges = house.find_edges()
    assert sum(edge.is_one_word for edge in edges) <= 0.4 * len(edges)
    assert len([path for path in (ROOT / "tools").glob("*.py") if path.stem != "__init__"]) <= 8
    assert house.list_untested() == []
