# demo · test · check · bench · format. Nothing else is needed to start: each sets up what it uses, once.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/stamps
LOCK   := requirements.lock
QUIET  := bash scripts/quietly.sh
BENCHES ?= engine file-matter worklist sweep import routing surge vote check soundness opinion-map equal-shares tally indicators

# A machine without a UTF-8 locale still reads and prints Chinese.
export PYTHONUTF8 := 1
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check bench format setup browser lock

help:
	@echo "make demo     set up and open a running community on this machine"
	@echo "make test     set up and run every check and test"
	@echo "make check    style, types, import rules and every shipped charter, without the tests"
	@echo "make bench    measure speed beside its comparisons (BENCHES='engine sweep' for some)"
	@echo "make format   put the code into the one style"

demo: setup
	@$(BIN)/gongzhi demo

test: setup browser check
	@echo "== tests on SQLite"
	@bash scripts/both.sh

check: setup
	@echo "== check"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python scripts/guardrails.py
	@$(BIN)/gongzhi charter check charters/*

bench: setup
	@for name in $(BENCHES); do $(BIN)/gongzhi bench "$$name" || exit 1; done

format: setup
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# ---- set-up: each part leaves a stamp and is done again only when what it is made from changes

setup: $(STAMP)/project $(STAMP)/assets $(STAMP)/messages

$(STAMP)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Gongzhi needs Python 3.11 or newer; name it with: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(QUIET) "Making a virtual environment" $(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMP) && touch $@

$(STAMP)/python: $(LOCK) | $(STAMP)/venv
	@$(QUIET) "Installing the Python packages of $(LOCK) (about a minute)" \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	@touch $@

$(STAMP)/project: pyproject.toml $(STAMP)/python
	@$(QUIET) "Installing Gongzhi itself" \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(STAMP)/node: package.json package-lock.json .npmrc | $(STAMP)/venv
	@bash scripts/node.sh
	@$(QUIET) "Installing the front-end packages of package-lock.json" npm ci --loglevel=error
	@touch $@

$(STAMP)/assets: $(STAMP)/node $(wildcard scripts/build-assets.mjs) \
		$(shell find src/gongzhi/web/assets -type f 2>/dev/null)
	@$(QUIET) "Building the style sheet and scripts" npm run build
	@touch $@

$(STAMP)/messages: scripts/messages.py $(STAMP)/python $(shell find locale -name '*.po' 2>/dev/null)
	@$(QUIET) "Compiling the English texts" $(BIN)/python scripts/messages.py compile
	@touch $@

browser:
	@bash scripts/browser.sh

# After a change of the dependencies in pyproject.toml. Takes about two minutes.
lock: $(STAMP)/venv
	@$(QUIET) "Locking the Python packages" $(BIN)/pip-compile --quiet --extra dev --generate-hashes \
		--strip-extras --allow-unsafe --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--no-emit-trusted-host --output-file $(LOCK) pyproject.toml
