# Every target works on a fresh machine with Python 3.11+ and make; nothing is installed outside $(VENV).
# After the first install no target needs the network.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.installed-run
DEV_STAMP := $(VENV)/.installed-dev
SHARED ?= ../shared
UV := $(BIN)/uv
COMPILE := $(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-emit-find-links --no-annotate --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help run test lint slow roles gate bench all readme golden lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: $(RUN_STAMP) ## install what is needed and code the sample reports
	@$(BIN)/vigie code src/vigie/samples/reports.jsonl

test: $(DEV_STAMP) ## the tests (the slow ones have a target of their own)
	@$(BIN)/python -m pytest -m "not slow"

lint: $(DEV_STAMP) ## style, types and layers
	@$(BIN)/ruff check src tests tools
	@$(BIN)/ruff format --check src tests tools
	@$(BIN)/mypy
	@$(BIN)/lint-imports

slow: $(DEV_STAMP) ## the tests that take longer than a few seconds
	@$(BIN)/python -m pytest -m slow; status=$$?; [ $$status -eq 5 ] || exit $$status

roles: $(DEV_STAMP) ## score the trained pipelines on who did what to whom
	@for language in fr en; do \
	  $(BIN)/python tools/score_roles.py tests/language/roles/$$language.yaml --language $$language || exit; \
	done

gate: $(DEV_STAMP) ## score the coding of the hand-coded reports against the floors (skips without ../shared)
	@$(BIN)/python tools/gate.py --shared $(SHARED)

bench: $(DEV_STAMP) ## time coding against parsing, cold start and memory (skips without ../shared)
	@$(BIN)/python tools/bench.py --shared $(SHARED)

all: lint test slow roles gate ## everything a change must pass

readme: $(DEV_STAMP) ## put the real output of the sample into the README
	@$(BIN)/python tools/readme_output.py

golden: $(DEV_STAMP) ## write the kept codings of six samples anew (look at the difference before you commit)
	@$(BIN)/python tools/golden.py

lock: $(UV) ## make the lock files anew from pyproject.toml
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group build --group dev --output-file requirements-dev.lock

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks build dist

$(UV): requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

$(RUN_STAMP): $(UV) requirements.lock pyproject.toml
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --offline --editable .
	@touch $@

$(DEV_STAMP): $(RUN_STAMP) requirements-dev.lock
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@
