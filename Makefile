# Two commands: `make run` and `make test`. Everything they need is installed by them.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
STAMP_DEV := .venv/.installed-dev
ROOMS := bot handlers models scheduler sandbox

.PHONY: run test lint types contracts unit browser bench messages lock clean

run: $(STAMP)
	$(BIN)/python -m bot run

test: $(STAMP_DEV) lint types contracts unit

lint: $(STAMP_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP_DEV)
	$(BIN)/mypy

contracts: $(STAMP_DEV)
	$(BIN)/lint-imports --no-logo

unit: $(STAMP_DEV)
	$(BIN)/pytest -n 3 --dist worksteal

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

# Renews all locks, from pyproject.toml and of the installer; needs uv.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate -q -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate -q -o requirements-dev.lock
	echo uv | uv pip compile - --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate -q -o tools/installer.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
