# `make run` starts the site, `make test` says whether it is sound. Both set up what they need in
# .venv, once; data lives in var/ (PACKSHOT_DATA moves it). `make help` tells the rest.

BIN := .venv/bin
# The machine's own python3 if it is new enough, or else the first that is.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)
# The lists are complete and pinned, so nothing is left to resolve; all cores compile at the end.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --no-deps --no-compile
# Does the same in seconds, where it is there.
UV ?= $(shell command -v uv 2>/dev/null)
ifneq ($(UV),)
INSTALL := $(UV) pip install --quiet --python $(BIN)/python --no-deps
VENV := $(UV) venv --quiet --seed --clear --python $(PYTHON) .venv
else
INSTALL := $(PIP)
VENV := $(PYTHON) -m venv --clear .venv
endif

.PHONY: help run install test test-newest lint mutants chaos bench bench-gpu walks fuzz hostile
.DEFAULT_GOAL := run

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1: /p' Makefile

run: install ## set up what is needed and start the site
	@$(BIN)/python manage.py start

install: .venv/installed ## only set up what `make run` needs

test: .venv/installed-models lint ## all that CI does: lint, then the tests in Python, JavaScript, browser
	@command -v node >/dev/null || { echo "make test needs Node.js 18 or newer: install the package nodejs." >&2; exit 1; }
	node --test tests/js/*.test.mjs
	$(BIN)/pytest -n 2 --dist loadfile

test-newest: ## some tests on the newest Python and Django that are to be had, warnings shown
	@sh scripts/test_newest.sh

lint: .venv/installed-dev ## style, types, layers, migrations
	@! $(BIN)/python -m pip check | grep -v -e '^No broken' -e 'requires torchvision'
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	PACKSHOT_DATA=.venv/lint $(BIN)/python manage.py makemigrations --check

.venv/installed: requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Packshot needs Python 3.11 or newer, and found none." >&2; exit 1; }
	@test -x $(BIN)/pip || $(VENV) || { \
		echo "Python's venv module is missing: on Debian, install the package python3-venv." >&2; exit 1; }
	@echo "Installing what the site needs into .venv: a minute or two, this once."
	@$(INSTALL) -r requirements.txt
	@$(INSTALL) --editable .
	@# Only for a quick first start: packages hold files for newer Pythons that do not compile.
	@$(BIN)/python -m compileall -qq -j 0 -x '/tests?/|/locale/' .venv/lib || true
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

# Neural engines are proved with tiny models on the CPU: about a gigabyte, for the tests alone.
# torchvision has no build beside torch's for the CPU; the tests do without. By pip in any case: its
# configuration may name a folder of builds for the CPU, which uv does not read.
.venv/installed-models: .venv/installed-dev requirements-models.txt
	@echo "Installing the libraries of the neural engines, for the tests: a few minutes, this once."
	@$(PIP) -r requirements-models.txt
	@touch $@

# What takes too long for every test run. `WALKS="--only scene --width 390"` walks only some.
mutants: .venv/installed-dev ## planted bugs, each of which a test must find
	$(BIN)/python scripts/mutants.py

walks: .venv/installed-dev ## ten wishes of a seller on a phone and a laptop: clicks, and the files they end in
	$(BIN)/python -m tests.walks.walk $(WALKS)

chaos: .venv/installed-dev ## kills under load, and what is left of the books
	$(BIN)/python tests/chaos.py
	$(BIN)/python tests/chaos_calls.py

bench: .venv/installed ## second attempts and fidelity in figures
	$(BIN)/python manage.py measure again
	$(BIN)/python manage.py measure fidelity

fuzz: .venv/installed-dev ## half an hour of files made to hurt (FUZZ_SECONDS); those that did lie in var/fuzz
	@mkdir -p var/fuzz
	@PYTHONPATH=var/fuzz/packages $(BIN)/python -c 'import atheris' 2>/dev/null || \
		$(BIN)/python -m pip install --quiet --target var/fuzz/packages atheris || true
	PYTHONPATH=var/fuzz/packages $(BIN)/python scripts/fuzz_decoders.py --seconds $(or $(FUZZ_SECONDS),1800)

hostile: .venv/installed-dev ## all two hundred hostile files, by a decoder with limits
	PACKSHOT_ALL_HOSTILE=1 $(BIN)/pytest -n 0 tests/tools/pipeline/intake/test_apart.py -k hostile

# With random weights of the real sizes; `BENCH="--tiny --device cpu"` only shows that it works.
bench-gpu: .venv/installed-models ## the neural engines on this machine's GPU
	$(BIN)/python -m tests.gpu.bench $(BENCH)
