# trimtab: two commands matter, `make demo` and `make test`; both set up what they need.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
# uv installs what the hashed lock names; one set of packages serves users, tests and the demo.
UV := $(BIN)/python -m uv
DEV_STAMP := .venv/.dev-$(shell cat requirements/dev.txt pyproject.toml 2>/dev/null | cksum | tr ' ' -)
RUN_STAMP := .venv/.run-$(shell cat requirements/runtime.txt pyproject.toml 2>/dev/null | cksum | tr ' ' -)

.PHONY: help setup setup-dev demo test check bench docs lock clean

help:  ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 20

setup: $(RUN_STAMP)  ## install trimtab into .venv

setup-dev: $(DEV_STAMP)  ## install trimtab and its development tools into .venv

demo:  ## local cloud, pulumi up under the policy packs, advice, apply, verify, report
	@echo "trimtab demo: set-up, a local cloud, pulumi up, advice, one change applied and verified, a report."
	@echo "About 3 minutes on a machine that has run it before; 20 minutes where engine and Kubernetes are built from source."
	@$(MAKE) --no-print-directory setup
	@bash examples/demo/run.sh

test:  ## every check and every test
	@echo "trimtab test: set-up, linters, types, import contracts, then the tests through the real engine."
	@echo "About 30 minutes on 2 cores; 15 more on the first run, where engine and Kubernetes are built from source."
	@$(MAKE) --no-print-directory setup-dev
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest --cov --cov-report=term -n 2 --dist loadgroup

check: setup-dev  ## linters, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@# A program's folder has a hyphen, so it is no package: each one is checked alone.
	@for each in examples/*/__main__.py; do $(BIN)/mypy "$$each" || exit 1; done
	@$(BIN)/lint-imports

bench: setup-dev  ## every benchmark, ratios against a named peer in the same run
	@for each in benchmarks/*/; do $(BIN)/python -m "benchmarks.$$(basename $$each)"; done

docs: setup-dev  ## write the generated pages: policies, commands, schema
	@$(BIN)/python -m docs.generate

lock: setup-dev  ## resolve pyproject.toml again into requirements/*.txt
	@$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --quiet pyproject.toml --extra local -o requirements/runtime.txt
	@$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --quiet pyproject.toml --extra local --group dev -c requirements/runtime.txt -o requirements/dev.txt

clean:  ## remove what set-up and tools made in this checkout
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .import_linter_cache

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit("trimtab needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name one: make PYTHON=python3.12 …" if sys.version_info < (3, 11) else 0)'
	@echo "making .venv (a few seconds)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(RUN_STAMP): .venv/bin/uv
	@echo "installing the locked packages into .venv (about a minute on a new machine)"
	@$(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/runtime.txt
	@$(UV) pip install --quiet --no-deps --editable .
	@rm -f .venv/.run-*; touch $@

$(DEV_STAMP): .venv/bin/uv
	@echo "installing the locked packages and development tools into .venv (about a minute on a new machine)"
	@$(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/dev.txt
	@$(UV) pip install --quiet --no-deps --editable .
	@rm -f .venv/.dev-* .venv/.run-*; touch $@ $(RUN_STAMP)
