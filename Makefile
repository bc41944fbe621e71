# Account reviews as code. `make help` lists what there is.
# A folder under params/ is a target: `make acme`, `make acme PERIOD=2026Q3 REPORT=qbr`.

SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV := $(shell command -v uv)
CLIENTS := $(patsubst params/%/,%,$(sort $(wildcard params/*/)))
OPTIONS = $(if $(PERIOD),--period $(PERIOD)) $(foreach r,$(REPORT),--report $(r)) \
  $(foreach a,$(AUDIENCE),--audience $(a)) $(foreach f,$(FORMAT),--format $(f)) \
  $(if $(JOBS),--jobs $(JOBS)) $(if $(FORCE),--force)

.PHONY: help setup demo all portfolio check preview lab test soak bench lint format docs lock clean $(CLIENTS)

help: ## list the targets and the clients
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@printf '  %-10s %s\n' '<client>' 'build one client: $(or $(CLIENTS),none yet, see reviewkit new)'
	@printf '\n  PERIOD=2026Q3 REPORT=qbr AUDIENCE=internal FORMAT=pdf JOBS=2 FORCE=1 narrow or widen a build\n'

setup: $(READY) ## create .venv with what the lock names

$(READY): requirements-dev.lock pyproject.toml
ifneq ($(UV),)
	"$(UV)" venv --quiet --clear --python "$(PYTHON)" $(VENV)
	"$(UV)" pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.lock
	"$(UV)" pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
else
	"$(PYTHON)" -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	@touch $@

demo: $(READY) ## write the demo provider's data and build all its clients' reports
	$(BIN)/reviewkit demo .
	$(BIN)/reviewkit build $(OPTIONS)
	$(BIN)/reviewkit build harebell --period FY2027Q1
	$(BIN)/reviewkit build portfolio

all: $(READY) ## build every client's reports
	$(BIN)/reviewkit build $(OPTIONS)

portfolio: $(READY) ## build the house's own report on all accounts, never for a client
	$(BIN)/reviewkit build portfolio $(OPTIONS)

$(CLIENTS): $(READY)
	$(BIN)/reviewkit build $@ $(OPTIONS)

check: $(READY) ## check the account data: what came in, what was set aside and why
	$(BIN)/reviewkit check

preview: $(READY) ## show a report while it is written: CLIENT=acme, rebuilt on a save
	@test -n "$(CLIENT)" || { echo 'Name a client: make preview CLIENT=acme' >&2; exit 2; }
	$(BIN)/reviewkit preview $(CLIENT) $(if $(PERIOD),--period $(PERIOD)) \
	  $(if $(REPORT),--report $(REPORT)) $(if $(AUDIENCE),--audience $(AUDIENCE)) $(if $(PORT),--port $(PORT))

lab: $(READY) ## open the notebooks in JupyterLab
	@test -x $(BIN)/jupyter-lab || { $(if $(UV),"$(UV)" pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet) "jupyterlab>=4.4"; }
	$(BIN)/jupyter-lab notebooks

test: $(READY) ## run all tests
	$(BIN)/pytest --numprocesses auto --dist worksteal

soak: $(READY) ## every fault a hundred times: kills, full disks, bad notebooks; more seeds
	REVIEWKIT_SOAK=100 $(BIN)/pytest tests/faults tests/demo/test_demo_eight.py

bench: $(READY) ## measure speed and memory (needs chromium); ONLY=help, QUICK=1, UPDATE=1
	$(BIN)/python -m bench $(foreach m,$(ONLY),--only $(m)) $(if $(QUICK),--quick) $(if $(UPDATE),--update)

lint: $(READY) ## style, types and the import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## put the code in its standard form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(READY) ## write the generated pages of docs/
	$(BIN)/python -m reviewkit.reference docs

lock: ## renew the locks from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 --extra dev pyproject.toml -o requirements-dev.lock

clean: ## remove what was generated (reports, caches, demo data), keep .venv and the ledger
	if [ -d .reviewkit ]; then find .reviewkit -mindepth 1 -maxdepth 1 ! -name ledger.jsonl -exec rm -rf {} +; fi
	rm -rf reports data outbox .pytest_cache .mypy_cache .ruff_cache .hypothesis
