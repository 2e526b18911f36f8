# `make run` and `make test`: everything they need is installed by them.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
STAMP_DEV := .venv/.installed-dev
STAMP_MUTANTS := .venv/.installed-mutants
SYNC := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
ROOMS := bot handlers models scheduler sandbox

# What Python compiles is kept, also where the surroundings (containers, often) say otherwise: a run
# starts many processes, and each would compile every module and every test once more.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-all soak long-lives mutants static lint types contracts unit browser audit bench messages lock clean

run: $(STAMP)
	$(BIN)/python -m bot run

test: static unit

# Everything on both databases.
test-all: export ALL_DATABASES = 1
test-all: static known unit

# Long lives, with new seeds each time, on both databases, then mutants: for a night.
soak: long-lives
	$(MAKE) --no-print-directory mutants

long-lives: export SOAK = 1
long-lives: export ALL_DATABASES = 1
long-lives: unit

# Changes one thing at a time in what must never err, and lists the changes that no test notices. It
# goes on where it was stopped; `rm -rf mutants` begins anew (docs/mutants.md).
mutants: $(STAMP_MUTANTS)
	$(BIN)/mutmut run
	$(BIN)/mutmut results

# One beside the other, each one's words together where this make can keep them so.
static: $(STAMP_DEV)
	$(MAKE) --no-print-directory -j3 $(SYNC) lint types contracts

lint: $(STAMP_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP_DEV)
	$(BIN)/mypy

contracts: $(STAMP_DEV)
	$(BIN)/lint-imports --no-logo

# Three workers, on two cores too: one begins with what waits for other processes and real time.
unit: $(STAMP_DEV)
	$(BIN)/pytest -n 3 --dist worksteal

# Known weaknesses of what the lock pins, from osv.dev: ends with 1 where there are some, with 3 where
# nobody could be asked.
audit: $(STAMP_DEV)
	$(BIN)/python -m tools.audit

# The same where a run must also go offline: what could not be asked is said, and stops nothing.
.PHONY: known
known: $(STAMP_DEV)
	$(BIN)/python -m tools.audit || [ $$? -eq 3 ]

bench: $(STAMP_DEV)
	$(BIN)/python -m benchmarks

messages: $(STAMP_DEV)
	$(BIN)/python -m tools.catalogues

$(STAMP): requirements.lock
	./tools/environment requirements.lock
	touch $@

$(STAMP_DEV): requirements-dev.lock
	./tools/environment requirements-dev.lock --browser
	touch $@ $(STAMP)

$(STAMP_MUTANTS): tools/mutants.lock $(STAMP_DEV)
	./tools/environment tools/mutants.lock
	touch $@

# Renews all locks, from pyproject.toml and of the installer; needs uv.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate -q -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate -q -o requirements-dev.lock
	echo 'mutmut>=3.8' | uv pip compile - --universal --python-version 3.11 --generate-hashes \
	  --constraints requirements-dev.lock \
	  --no-emit-index-url --no-header --no-annotate -q -o tools/mutants.lock
	echo uv | uv pip compile - --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate -q -o tools/installer.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
