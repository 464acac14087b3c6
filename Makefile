# Every target works on a fresh machine with Python 3.11+ and make; nothing is installed outside $(VENV).
# After the first install no target needs the network.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.installed-run
DEV_STAMP := $(VENV)/.installed-dev
SHARED ?= ../shared
UV := $(BIN)/uv
COMPILE := $(UV) pip compile pyproject.toml --extra desk --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-emit-find-links --no-annotate --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help run desk test lint slow fuzz postgres browser api linking roles gate bench bench-store \
  bench-ingest bench-desk all readme golden train-coder reliability spans corpus screenshots words lock clean
# How long bench-store fills its large record at most.
MINUTES ?= 40
# What `make test` leaves to targets of their own.
APART := not slow and not browser and not postgres and not api
PYTEST = $(BIN)/python -m pytest

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(RUN_STAMP) ## install what is needed, take the sample reports into a new store and ask it what an analyst would
	@tools/tour.sh $(BIN)/vigie $(VENV)/tour

desk: $(RUN_STAMP) ## the web desk on http://127.0.0.1:8000, over vigie.db
	@$(BIN)/vigie desk

test: $(DEV_STAMP) ## the tests (those that take long or need a browser or a server have targets of their own)
	@$(PYTEST) -m "$(APART)"

lint: $(DEV_STAMP) ## style, types and layers
	@$(BIN)/ruff check src tests tools
	@$(BIN)/ruff format --check src tests tools
	@$(BIN)/mypy
	@$(BIN)/lint-imports

slow: $(DEV_STAMP) ## the tests that take longer than a few seconds, kills during ingest among them
	@$(PYTEST) -m "slow and not postgres"; status=$$?; [ $$status -eq 5 ] || exit $$status

fuzz: $(DEV_STAMP) ## every reader on damaged files
	@$(PYTEST) -m fuzz; status=$$?; [ $$status -eq 5 ] || exit $$status

postgres: $(DEV_STAMP) ## the store's tests on PostgreSQL (Debian's; skipped with the reason where there is none)
	@$(PYTEST) -m postgres; status=$$?; [ $$status -eq 5 ] || exit $$status

browser: $(DEV_STAMP) ## walks the desk in Debian's Chromium (skipped with the reason where there is none)
	@$(PYTEST) -m browser; status=$$?; [ $$status -eq 5 ] || exit $$status

api: $(DEV_STAMP) ## the REST API against its own description
	@$(PYTEST) -m api; status=$$?; [ $$status -eq 5 ] || exit $$status

linking: $(DEV_STAMP) ## score the linking of reports on the claims table, the stream and the hard cases
	@$(BIN)/python tools/score_linking.py --shared $(SHARED) --floor 0.95

roles: $(DEV_STAMP) ## score the trained pipelines on who did what to whom
	@for language in fr en; do \
	  $(BIN)/python tools/score_roles.py tests/language/roles/$$language.yaml --language $$language || exit; \
	done

gate: $(DEV_STAMP) ## score the coding of the hand-coded reports against the floors (skips without ../shared)
	@$(BIN)/python tools/gate.py --shared $(SHARED)

bench-store: $(DEV_STAMP) ## add reports to a record of 1,000 and one of 100,000 incidents in turns; time every filter (twenty minutes to forty)
	@$(BIN)/python tools/bench_store.py --minutes $(MINUTES)

bench-ingest: $(DEV_STAMP) ## reports a second from files to linked incidents, and where the time goes
	@$(BIN)/python tools/bench_ingest.py --shared $(SHARED)

bench-desk: $(DEV_STAMP) ## time every page of the desk over 50,000 incidents beside an empty store (half an hour)
	@$(BIN)/python tools/bench_desk.py

bench: $(DEV_STAMP) ## time coding against parsing, cold start and memory (skips without ../shared)
	@$(BIN)/python tools/bench.py --shared $(SHARED)

all: lint test slow fuzz postgres browser api linking roles gate ## everything a change must pass

readme: $(DEV_STAMP) ## put the real output of the sample into the README
	@$(BIN)/python tools/readme_output.py

golden: $(DEV_STAMP) ## write the kept codings of six samples anew (look at the difference before you commit)
	@$(BIN)/python tools/golden.py

words: $(DEV_STAMP) ## bring the desk's catalogue up to date and name what lacks a translation
	@$(BIN)/python tools/catalogues.py

screenshots: $(DEV_STAMP) ## pictures of every page of the desk into docs/screens (needs Chromium)
	@$(BIN)/python tools/screenshots.py

train-coder: $(DEV_STAMP) ## train the light models of the coder anew (docs/models.md)
	@$(BIN)/python tools/train_coder.py --shared $(SHARED)
	@$(BIN)/python tools/reliability.py fit --shared $(SHARED)

reliability: $(DEV_STAMP) ## how often incidents and values of a given confidence are right (docs/reliability.md)
	@$(BIN)/python tools/reliability.py table --shared $(SHARED)

spans: $(DEV_STAMP) ## try neural spans and a sentence class beside the light models (an hour; docs/models.md)
	@OMP_NUM_THREADS=1 $(BIN)/python tools/span_trial.py --shared $(SHARED)

hard-parts: $(DEV_STAMP) ## score each hard part of coding by itself and put the table into docs/hard-parts.md
	@$(BIN)/python tools/hard_parts.py write

corpus: $(DEV_STAMP) ## check the corpus, put the figures of its data card right, and show how far two codings agree
	@$(BIN)/python tools/corpus.py check
	@$(BIN)/python tools/corpus.py card
	@$(BIN)/python tools/corpus.py agreement

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

$(RUN_STAMP): $(UV) requirements.lock pyproject.toml hatch_build.py front-end/package-lock.json
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --offline --editable .
	@$(BIN)/python hatch_build.py || true  # says what the desk lacks where there is no npm; everything else works
	@touch $@

$(DEV_STAMP): $(RUN_STAMP) requirements-dev.lock
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@
