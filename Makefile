# Everything runs in .venv, which the first target that needs it makes. Python 3.11+, git and make are all it takes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test cover lint types docs bench fuzz mutants format clean

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

# ── The environment: a stamp file for each set of dependencies, so that repeated runs install nothing ────────────────

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "gxparse needs Python 3.11 or later: make PYTHON=…")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/cli: $(VENV)/made pyproject.toml
	$(PIP) --editable '.[cli]'
	@touch $@

$(VENV)/dev: $(VENV)/made pyproject.toml
	$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/cli

$(VENV)/cover: $(VENV)/dev
	$(PIP) --editable '.[dev,cover]'
	@touch $@

$(VENV)/mutants: $(VENV)/made pyproject.toml
	$(PIP) --editable '.[mutants]'
	@touch $@

$(VENV)/fuzz: $(VENV)/dev
	$(PIP) --editable '.[dev,fuzz]'
	@touch $@

# ── What a user wants to see ─────────────────────────────────────────────────────────────────────────────────────────

EXAMPLES := $(sort $(wildcard examples/*.txt))

# `gxparse check` ends with status 1 when a report has errors, as one of the examples is meant to.
demo: $(VENV)/cli  ## Parse and check the example reports
	@set -- parse $(firstword $(EXAMPLES)); echo "$$ gxparse $$*"; $(BIN)/gxparse "$$@"
	@set -- check $(EXAMPLES); echo "$$ gxparse $$*"; $(BIN)/gxparse "$$@" || test $$? -eq 1

# ── What a developer runs ────────────────────────────────────────────────────────────────────────────────────────────

test: $(VENV)/dev  ## Run all tests
	$(BIN)/python -m pytest -n auto

# What runs in processes of its own, as much of `gxparse.batch` does, is tested and not counted.
cover: $(VENV)/cover  ## Run all tests and show which lines and branches none of them takes
	$(BIN)/python -m pytest -n auto --cov=gxparse --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=95

lint: $(VENV)/dev  ## Check style and format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: $(VENV)/dev  ## Put the code in format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: $(VENV)/dev  ## Check types
	$(BIN)/mypy

docs: $(VENV)/dev  ## Build the documentation and run what it shows
	$(BIN)/sphinx-build -E -n -W --keep-going -q -b html docs docs/_build/html
	$(BIN)/sphinx-build -E -n -W --keep-going -q -b doctest docs docs/_build/doctest

bench: $(VENV)/dev  ## Measure against what one would otherwise do
	$(BIN)/python benchmarks/run.py

# Half of the time goes to the properties, with as many examples as it allows; the other half to what is guided by coverage.
SECONDS ?= 600

fuzz: $(VENV)/fuzz  ## Look for broken laws (SECONDS=600)
	$(BIN)/python -m fuzz.properties --seconds $$(($(SECONDS) / 2))
	$(BIN)/python -m fuzz.run --seconds $$(($(SECONDS) / 2))

# No result of an earlier run is taken: it may be one of other tests.
mutants: $(VENV)/mutants  ## Change the code in small ways and see whether the tests notice
	rm -rf mutants
	GXPARSE_PROFILE=mutants $(BIN)/mutmut run
	GXPARSE_PROFILE=mutants $(BIN)/python benchmarks/mutants.py

clean:  ## Remove what was built, and the environment
	rm -rf $(VENV) build dist mutants docs/_build .mypy_cache .pytest_cache .ruff_cache .hypothesis fuzz/found
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
