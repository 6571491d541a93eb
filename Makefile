# `make run` and `make test` need Python 3.11–3.13 and make; everything else is fetched here.
# Every recipe runs from the stamp files in .venv, so a second start does no work.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# A second run is quick because Python keeps what it compiled.
unexport PYTHONDONTWRITEBYTECODE

PORT ?= 8501
# pytest's workers, one more than two cores since each waits for its browser now and then; and what
# it is to run: make test ARGS="tests/test_house.py -x"
WORKERS ?= 3
# Seconds that a test of `make test-long` may take: more if the machine is slow.
LONGEST ?= 600
ARGS ?=

# The first Python that this software supports; PYTHON=/path/to/python3.12 chooses another.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& { command -v $$name; break; }; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# The Debian packages behind the tests that pytest would run with the arguments that follow.
NEEDED := $(BIN)/python -m tests.needs
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
# Names no registry: pip's own configuration says where packages come from.
INSTALL := $(PIP) install --quiet --require-hashes

.PHONY: help run check test test-long audit sbom lint format catalogues demo-data lock mutants screenshots bench hooks clean

help:  ## List the targets.
	@awk -F ':.*  ## ' '/^[a-z-]+:.*  ## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/.run  ## Serve the app on http://127.0.0.1:8501 (PORT=… for another port).
	@echo "http://127.0.0.1:$(PORT)  (Ctrl+C ends it)"
	@exec $(BIN)/streamlit run crmdata/web/server.py --server.port $(PORT)

check: lint  ## Run what takes a minute and a half: lint, and the quick tests that need only Python.
	$(PYTEST) --hypothesis-profile=quick -m "not programs and not slow and not long" $(ARGS)

test: .venv/.dev  ## Run all tests, the browser's and PostgreSQL's too; of the long kinds a sample.
	@scripts/debian-packages $$($(NEEDED) $(ARGS))
	$(PYTEST) $(ARGS)

test-long: .venv/.dev  ## Run in full what `make test` only samples: hundreds of kills, failing servers.
	@scripts/debian-packages $$(LONG=1 $(NEEDED) -m long $(ARGS))
	LONG=1 $(PYTEST) -m long --timeout=$(LONGEST) $(ARGS)

audit: .venv/.dev  ## Ask the advisories for known holes in every pinned package; none may be skipped.
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements.txt
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements-dev.txt

sbom: .venv/.dev  ## Write what the app is made of: build/sbom.cdx.json (the same pins, the same bytes).
	$(BIN)/python -m scripts.sbom

lint: .venv/.dev  ## Check style, types and the direction of imports.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.dev  ## Format the code and mend what ruff can mend.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

catalogues: .venv/.dev  ## Bring crmdata/locale/es.po and docs/messages.md up to date with the code's messages.
	$(BIN)/python scripts/catalogues.py
	$(BIN)/python -m scripts.messages

demo-data: .venv/.run  ## Write data/demo anew; the same seed gives the same bytes.
	$(BIN)/python -m crmdata.demo

screenshots: .venv/.dev  ## Photograph every page (ARGS="lineas": one): docs/img, build/screenshots.
	@scripts/debian-packages chromium-headless-shell fonts-dejavu-core libatomic1
	$(BIN)/python -m scripts.screenshots $(ARGS)

bench: .venv/.bench  ## Measure against floors and peers, print one table (ARGS="exports": one part).
	@$(BIN)/python -m benchmarks $(ARGS)

# An hour of two idle cores, and gives way to everything else; it goes on where it was stopped.
mutants: .venv/.mutants  ## Change the code a little, see that its tests notice (ARGS=crmdata.access.rules).
	@nice -n 15 $(BIN)/python -m scripts.mutants $(ARGS)

# --universal: one file for Python 3.11–3.13 and every system. No line of it names a host.
LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --universal --python-version 3.11
lock: .venv/.dev  ## Pin requirements*.in anew (LOCK_ARGS=--upgrade takes newer releases).
	$(LOCK) $(LOCK_ARGS) requirements.in -o requirements.txt
	$(LOCK) $(LOCK_ARGS) requirements-dev.in -o requirements-dev.txt
	$(LOCK) $(LOCK_ARGS) requirements-bench.in -o requirements-bench.txt
	$(LOCK) $(LOCK_ARGS) requirements-mutants.in -o requirements-mutants.txt

hooks: .venv/.dev  ## Run the checks of `make lint` before every commit.
	$(BIN)/pre-commit install

clean:  ## Remove the environment and caches; the database stays.
	rm -rf .venv build mutants *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache \
		.hypothesis tests/artifacts
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.run: requirements.txt pyproject.toml
	@PYTHON="$(PYTHON)" scripts/venv
	@echo "Installing what the app needs (about half a minute, once) ..."
	@$(INSTALL) -r requirements.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	@echo "Installing what the tests need (once) ..."
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

.venv/.bench: requirements-bench.txt .venv/.dev
	@echo "Installing the peers that the benchmarks measure against (once) ..."
	@$(INSTALL) -r requirements-bench.txt
	@touch $@

.venv/.mutants: requirements-mutants.txt .venv/.dev
	@echo "Installing what changes the code to try the tests (once) ..."
	@$(INSTALL) -r requirements-mutants.txt
	@touch $@
