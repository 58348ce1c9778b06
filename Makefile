# Everything a person needs: `make demo`, `make test`, `make check`, `make bench`.
# A finished step leaves a stamp in .stamps/, so a second call does only what has changed.

PYTHON ?= python3
DATA ?= data
DEMO_ARGS ?=
TEST_ARGS ?=
BENCH_ARGS ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# dkimpy alone comes as source; it is built with the pinned setuptools, so nothing unpinned is ever fetched.
INSTALL := $(PIP) install --quiet --require-hashes --no-build-isolation --only-binary :all: --no-binary dkimpy
STAMPS := .stamps

.DEFAULT_GOAL := help
.PHONY: help setup dev ui demo check test bench lock clean

help:
	@echo "make demo    set up everything and run a real shop's year at http://127.0.0.1:8400 (DEMO_ARGS=--fast)"
	@echo "make test    set up everything and pass all tests (TEST_ARGS='-k identity')"
	@echo "make check   linters, types, contracts"
	@echo "make bench   our speed next to the raw limits (BENCH_ARGS='--only tick --size small')"
	@echo "make setup   only the environment: leaves .venv/bin/hourglass"
	@echo "make ui      only the admin page and the browser tracker"
	@echo "make lock    choose new versions of the packages and write requirements/"
	@echo "make clean   remove everything that was built, never the data"

setup: $(STAMPS)/setup
dev: $(STAMPS)/dev

$(STAMPS)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Hourglass needs Python 3.11 or newer; name one: make PYTHON=python3.12 setup")'
	$(PYTHON) -m venv --clear .venv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/setup: $(STAMPS)/venv requirements/build.txt requirements/run.txt pyproject.toml
	$(INSTALL) -r requirements/build.txt -r requirements/run.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/dev: $(STAMPS)/setup requirements/dev.txt
	$(INSTALL) -r requirements/dev.txt
	@touch $@
