"""The Makefile's refusals: one clear line each, whatever the machine lacks."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAKE = shutil.which("make")
LISTS = ("requirements.txt", "requirements-dev.txt", "requirements-models.txt")

pytestmark = pytest.mark.skipif(MAKE is None, reason="make is not installed")


@pytest.fixture
def programs(tmp_path):
    """A folder that is all of PATH: a machine that has nothing but what the test puts there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "test", "echo", "touch", "grep"):
        (folder / name).symlink_to(shutil.which(name))
    return folder


@pytest.fixture
def program(programs):
    def add(name, script):
        (programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (programs / name).chmod(0o755)

    return add


@pytest.fixture
def make(tmp_path, programs):
    site = tmp_path / "site"
    site.mkdir()
    for name in ("Makefile", "pyproject.toml", *LISTS):
        shutil.copy(ROOT / name, site)

    def run(*targets):
        return subprocess.run(
            [MAKE, "--silent", *targets],
            cwd=site,
            env={"PATH": str(programs)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_a_machine_without_python_is_told_which_it_needs(make):
    done = make("run")
    assert done.returncode != 0
    assert done.stderr.splitlines()[0] == "Packshot needs Python 3.11 or newer, and found none."


def test_a_machine_with_an_old_python_is_told_which_it_needs(make, program):
    program("python3", "exit 1")
    done = make("run")
    assert done.returncode != 0
    assert done.stderr.splitlines()[0] == "Packshot needs Python 3.11 or newer, and found none."


def test_a_python_without_venv_is_told_which_package_has_it(make, program):
    program("python3", '[ "$1" = -c ]')
    done = make("install")
    assert done.returncode != 0
    assert "install the package python3-venv" in done.stderr


def test_tests_ask_for_node_by_name(make, tmp_path):
    # Set up already, and nothing to complain of in the code.
    folder = tmp_path / "site" / ".venv"
    (folder / "bin").mkdir(parents=True)
    for name in ("python", "ruff", "mypy", "lint-imports"):
        (folder / "bin" / name).write_text("#!/bin/sh\n")
        (folder / "bin" / name).chmod(0o755)
    for stamp in ("installed", "installed-dev", "installed-models"):
        (folder / stamp).touch()
    done = make("test")
    assert done.returncode != 0
    assert done.stderr.splitlines()[0] == (
        "make test needs Node.js 18 or newer: install the package nodejs."
    )


def test_uv_installs_where_it_is(make, program, tmp_path):
    program("python3", "exit 0")
    program("uv", f'echo "$@" >>{tmp_path}/said')
    make("install")
    said = (tmp_path / "said").read_text().splitlines()
    assert said[0].startswith("venv ")
    assert said[1:] == [
        f"pip install --quiet --python .venv/bin/python --no-deps {what}"
        for what in ("-r requirements.txt", "--editable .")
    ]


def test_help_names_every_target_that_is_not_a_file(make, programs):
    (programs / "sed").symlink_to(shutil.which("sed"))
    told = {line.partition(":")[0] for line in make("help").stdout.splitlines()}
    makefile = (ROOT / "Makefile").read_text()
    (phony,) = (line for line in makefile.splitlines() if line.startswith(".PHONY:"))
    assert told == set(phony.split()[1:])
