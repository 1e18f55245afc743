# Everything that a fresh machine needs is set up in .venv, once, by the first target that needs it.
SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run test lint format i18n bench shots vendor clean

VENV := .venv
BIN := $(VENV)/bin

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.run ## serve the bundled stories at http://127.0.0.1:8000/
	@$(BIN)/slideshow serve

test: $(VENV)/.test ## lint, types, tests, a browser included
	@$(MAKE) --no-print-directory lint
	@SLIDESHOW_BROWSER="$$($(BIN)/python tests/browser/install.py)" $(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.test ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.test ## mend what ruff can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

i18n: $(VENV)/.run ## bring the catalogues up to date; LANG_TO=es begins Spanish
	@$(BIN)/slideshow translate $(if $(LANG_TO),--to $(LANG_TO))

bench: $(VENV)/.test ## measure against the peers; prints ratios
	@SLIDESHOW_BROWSER="$$($(BIN)/python tests/browser/install.py)" $(BIN)/python -m tests.bench $(ARGS)

shots: $(VENV)/.test ## take the screenshots to look at, into tests/shots/
	@SLIDESHOW_BROWSER="$$($(BIN)/python tests/browser/install.py)" $(BIN)/python -m tests.browser.shots

vendor: $(VENV)/.run ## fetch the vendored htmx and font again, from npm
	@$(BIN)/python tests/vendor.py

clean: ## remove what the other targets made
	@rm -rf $(VENV) dist .mypy_cache .pytest_cache .ruff_cache .hypothesis tests/shots

$(VENV)/bin/python:
	@python=; for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$each; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "Slideshow needs Python 3.11 or newer: install it, then run make again." >&2; exit 1; fi; \
	"$$python" -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python cannot make a virtual environment: on Debian, apt-get install python3-venv." >&2; exit 1; }

$(VENV)/.run: pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test: pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@rm -rf .mypy_cache # it holds on to which packages were missing
	@touch $@ $(VENV)/.run
