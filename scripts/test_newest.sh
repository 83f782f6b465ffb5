#!/bin/sh
# Some of the tests on the newest Python (3.12 or later) that is here and the newest Django that is
# to be had, with warnings shown and not fatal: what will be wrong before we pin it. The environment
# is .venv-newest; where no such Python is, a line says so and nothing is wrong.
set -eu
cd "$(dirname "$0")/.."

# By name, or as pyenv and uv put them.
for candidate in python3.14 python3.13 python3.12 \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[432]*/bin/python3 \
    "$HOME"/.local/share/uv/python/cpython-3.1[432]*/bin/python3; do
    if "$candidate" -c 'import sys, venv, sqlite3; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
        found=${found:-$candidate}
        # Files of a folder come oldest first; the newest is wanted.
        if "$candidate" -c "import subprocess, sys; other = subprocess.check_output(['$found', '-c', 'import sys; print(*sys.version_info[:2])']).split(); sys.exit(sys.version_info[:2] <= (int(other[0]), int(other[1])))"; then
            found=$candidate
        fi
    fi
done
if [ -z "${found:-}" ]; then
    echo "No Python 3.12 or newer here: the tests on the newest Django are left out."
    exit 0
fi

environment=.venv-newest
python=$environment/bin/python
test "$($python -V 2>/dev/null)" = "$("$found" -V)" || "$found" -m venv --clear $environment
if uv=$(command -v uv); then
    install="$uv pip install --quiet --python $python --no-deps"
else
    install="$python -m pip --disable-pip-version-check --quiet install --no-deps"
fi
# The newest Django comes last: our own list has the one that is pinned.
cat requirements.txt requirements-dev.txt | grep -E '^[a-z]' |
    grep -v -E '^(django|mypy|ruff|librt|import-linter|grimp|playwright|.*stubs|types-.*|celery-types)==' |
    sort -u >$environment/list.txt
$install -r $environment/list.txt
$install --upgrade django
echo "Python $("$python" -c 'import platform; print(platform.python_version())'), Django $($python -m django --version)"

export PYTHONPATH="$PWD:$PWD/site" PACKSHOT_DATA="$PWD/$environment/data"
$python -W default manage.py check
$python -W default manage.py makemigrations --check
exec $python -m pytest -q -n 2 --dist loadfile -o filterwarnings=default tests/accounts tests/billing/views tests/seo/public tests/tools/web
