"""Plant bugs in billing, one at a time, and see that the tests catch each (`make mutants`).

    python scripts/mutants.py [part of a name]

Works on a copy, on one throw-away PostgreSQL. Exits with 1 when a bug survives.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bugs import MUTANTS, Mutant

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("billing", "deploy", "locale", "scripts", "seo", "site", "templates", "tests", "tools")
PARTS = (*FOLDERS, "pyproject.toml", "manage.py")
# Of all the tests that are asked, on a busy machine.
LONGEST = 3600


def main() -> int:
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = [mutant for mutant in MUTANTS if wanted in mutant.name]
    sys.path.insert(0, str(ROOT))
    os.environ.pop("DATABASE_URL", None)
    from tests import servers  # noqa: PLC0415  looks for a database when it is imported

    if servers.ours is None:
        sys.exit("PostgreSQL is not installed.")
    servers.ours.ensure()
    try:
        with tempfile.TemporaryDirectory(prefix="packshot-mutants-") as folder:
            copy = Path(folder)
            for part in PARTS:
                source = ROOT / part
                if source.is_dir():
                    shutil.copytree(
                        source, copy / part, ignore=shutil.ignore_patterns("__pycache__")
                    )
                else:
                    shutil.copy(source, copy / part)
            if not passes(copy, " or ".join(sorted({mutant.tests for mutant in chosen}))):
                sys.exit("The tests fail without any bug planted.")
            survived = [mutant.name for mutant in chosen if not caught(copy, mutant)]
    finally:
        servers.ours.stop()
    print(f"{len(chosen) - len(survived)} of {len(chosen)} caught")
    return 1 if survived else 0


def caught(copy: Path, mutant: Mutant) -> bool:
    path = copy / "billing" / mutant.file
    sound = path.read_text()
    if sound.count(mutant.was) != 1:
        sys.exit(f"{mutant.name}: {mutant.file} no longer says\n{mutant.was}")
    path.write_text(sound.replace(mutant.was, mutant.now))
    begun = time.monotonic()
    try:
        found = not passes(copy, mutant.tests)
    finally:
        path.write_text(sound)
    word = "caught" if found else "SURVIVED"
    print(f"{word:8} {time.monotonic() - begun:5.0f} s  {mutant.name}", flush=True)
    return found


def passes(copy: Path, tests: str) -> bool:
    files = [f"tests/billing/{name}.py" for name in tests.split(" or ")]
    if missing := [name for name in files if not (copy / name).exists()]:
        sys.exit(f"no such tests: {missing}")
    environment = {**os.environ, "PYTHONPATH": f"{copy}{os.pathsep}{copy / 'site'}"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--reuse-db", "-p", "no:cacheprovider"]
    try:
        done = subprocess.run(  # noqa: S603  our own tests
            [*command, *files],
            cwd=copy,
            env=environment,
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
