"""The bugs that `make mutants` plants: each still finds its place, and enough are outside the ledger."""

import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "scripts"
CORE = ("credits/", "models/ledger")


@pytest.fixture(scope="module")
def bugs():
    sys.path.insert(0, str(SCRIPTS))
    try:
        return importlib.import_module("bugs").MUTANTS
    finally:
        sys.path.remove(str(SCRIPTS))


def test_each_bug_finds_its_place_once_and_its_tests_are_there(bugs):
    for bug in bugs:
        assert (ROOT / "billing" / bug.file).read_text().count(bug.was) == 1, bug.name
        for name in bug.tests.split(" or "):
            assert (ROOT / "tests/billing" / f"{name}.py").exists(), bug.name


def test_at_least_seventy_are_planted_and_half_of_them_outside_of_the_ledger(bugs):
    outside = [bug for bug in bugs if not bug.file.startswith(CORE)]
    assert len(bugs) >= 70
    assert len(outside) * 2 >= len(bugs)
    assert len({bug.name for bug in bugs}) == len(bugs)
